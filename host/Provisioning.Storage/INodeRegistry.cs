namespace Provisioning.Storage;

/// <summary>The hosts that share the database. A host that beats no more is dead, and its leases end.</summary>
public interface INodeRegistry
{
    /// <summary>Notes that this host lives, and ends the leases of hosts that do not.</summary>
    /// <returns>How many leases were ended: their assignments are due now.</returns>
    Task<int> BeatAsync(Node node, CancellationToken cancellationToken);

    /// <summary>Takes this host off the list at its orderly end; leases it still holds end with it.</summary>
    Task LeaveAsync(string name, CancellationToken cancellationToken);

    Task<IReadOnlyList<NodeStatus>> ListAsync(CancellationToken cancellationToken);
}
