namespace Provisioning.Storage;

/// <summary>Small values of the host by key.</summary>
public interface ISettingsStore
{
    Task<string?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Sets a value; null removes it.</summary>
    Task SetAsync(string key, string? value, CancellationToken cancellationToken);
}
