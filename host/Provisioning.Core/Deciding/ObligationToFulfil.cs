namespace Provisioning.Core.Deciding;

/// <summary>An obligation with its assignments as (attribute id, value), in order; an id may come several times.</summary>
public sealed record ObligationToFulfil(string Id, IReadOnlyList<KeyValuePair<string, string>> Assignments);
