namespace Provisioning.Storage;

/// <summary>A group that contains another one, directly or through others.</summary>
/// <param name="Id">The group.</param>
/// <param name="Contained">Of the groups in it, those that lead to the other one, and the other one itself.</param>
internal sealed record ContainingGroup(string Id, IReadOnlyList<string> Contained);
