namespace Provisioning.Storage;

/// <summary>
/// Counts the heartbeats of all hosts that a database has ever seen. A host that has seen a higher number than the database knows has an older
/// state of the database before it: a backup, or a file whose last writes were lost.
/// </summary>
public interface IBeatCounter
{
    /// <summary>Zero for a new database.</summary>
    Task<long> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Counts one more and returns the number; what is returned is stored.</summary>
    Task<long> AdvanceAsync(CancellationToken cancellationToken);
}
