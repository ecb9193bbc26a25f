namespace Provisioning.Core.Converging;

/// <summary>The steps that differ between users and groups.</summary>
internal interface IResourceConvergence
{
    Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>Makes the known account as it is desired, and enabled.</summary>
    Task UpdateAsync(CancellationToken cancellationToken);

    Task DisableAsync(CancellationToken cancellationToken);

    Task DeleteAsync(string accountId, CancellationToken cancellationToken);
}
