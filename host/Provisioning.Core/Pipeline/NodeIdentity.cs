using Provisioning.Core.Ledger;

namespace Provisioning.Core.Pipeline;

/// <summary>Who holds leases in this process. New with each start, so that a restarted host never mistakes old leases for its own.</summary>
public sealed record NodeIdentity(string Name)
{
    /// <summary>A name, never used before, for a right that this host takes.</summary>
    public string NewOwner() => $"{Name}/{Guid.CreateVersion7():n}";

    /// <summary>A lease of this host, with a token that was never used before.</summary>
    public Lease NewLease(DateTimeOffset until) => new(Name, Guid.CreateVersion7().ToString("n"), until);

    public static NodeIdentity New() => new($"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7():n}");
}
