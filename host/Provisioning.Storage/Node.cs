namespace Provisioning.Storage;

/// <summary>A host and what it runs with.</summary>
/// <param name="Name">As in the leases it holds, before the slash.</param>
public sealed record Node(string Name, DateTimeOffset Started, string Version, string ConfigurationRevision, string PolicyRevision);
