namespace Provisioning.Host.Composition;

/// <summary>Whether the database took the last heartbeat, for status and health.</summary>
internal sealed class DatabaseState
{
    private string? _problem;

    /// <summary>Why it did not; null while it does.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    public void Answered() => Volatile.Write(ref _problem, null);

    /// <summary>True if it is news.</summary>
    public bool Failed(string reason) => Interlocked.Exchange(ref _problem, reason) != reason;
}
