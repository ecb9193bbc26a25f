namespace Provisioning.Plugins;

/// <summary>What became of one folder in the plugins folder.</summary>
/// <param name="Id">The declared id, or the folder's name while that is unknown.</param>
/// <param name="Folder">The name of the folder.</param>
/// <param name="Version">The declared version, null while unknown.</param>
/// <param name="Reason">Why it is not ready; when a change was refused and the version before keeps running, that too. Null if all is well.</param>
/// <param name="Connectors">The connectors it declares.</param>
public sealed record PluginStatus(
    string Id, string Folder, string? Version, PluginState State, string? Reason, IReadOnlyList<string> Connectors)
{
    /// <summary>The trusted publisher whose signature was checked, null if nobody vouches for it.</summary>
    public string? SignedBy { get; init; }

    /// <summary>Calls that did not return after their deadline and hold a thread each.</summary>
    public int HungCalls { get; init; }

    /// <summary>How often a process of its own ended and was started again.</summary>
    public int Restarts { get; init; }
}
