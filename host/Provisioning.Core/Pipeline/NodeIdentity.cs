namespace Provisioning.Core.Pipeline;

/// <summary>Who holds leases in this process. New with each start, so that a restarted host never mistakes old leases for its own.</summary>
public sealed record NodeIdentity(string Name)
{
    /// <summary>A name for a lease: the host's before the slash.</summary>
    public string NewOwner() => $"{Name}/{Guid.CreateVersion7():n}";

    public static NodeIdentity New() => new($"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7():n}");
}
