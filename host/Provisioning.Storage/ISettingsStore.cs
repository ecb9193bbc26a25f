namespace Provisioning.Storage;

/// <summary>Small values of the host by key.</summary>
public interface ISettingsStore
{
    Task<string?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Sets a value; null removes it.</summary>
    Task SetAsync(string key, string? value, CancellationToken cancellationToken);

    /// <summary>Sets a value, or removes it, if it is still what was read; null stands for none.</summary>
    /// <returns>False if somebody else set another one meanwhile; that one stays.</returns>
    Task<bool> ReplaceAsync(string key, string? read, string? value, CancellationToken cancellationToken);
}
