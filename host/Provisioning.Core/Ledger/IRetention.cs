namespace Provisioning.Core.Ledger;

/// <summary>Removes what is too old to be of use, in small batches between which others get their turn.</summary>
public interface IRetention
{
    /// <returns>How many rows were removed.</returns>
    Task<long> PruneAsync(RetentionSettings settings, CancellationToken cancellationToken);
}
