namespace Provisioning.Core.Ledger;

/// <summary>Rights that one host at a time has, whatever they are for.</summary>
public interface INamedLeases
{
    /// <summary>Takes it, or keeps it if the owner has it already. False while somebody else has it.</summary>
    /// <param name="duration">From now, by the clock of the database.</param>
    Task<bool> TryTakeAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken);

    Task ReleaseAsync(string name, string owner, CancellationToken cancellationToken);
}
