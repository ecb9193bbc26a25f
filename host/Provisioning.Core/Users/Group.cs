using System.Text.Json.Nodes;

namespace Provisioning.Core.Users;

/// <summary>A group of users in our user store.</summary>
/// <param name="Members">Ids of the users who are direct members, without duplicates.</param>
/// <inheritdoc cref="GroupHead" path="/param" />
public sealed record Group(
    string Id,
    string DisplayName,
    JsonObject Attributes,
    IReadOnlyList<string> Members,
    string ServiceProvider,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified)
    : GroupHead(Id, DisplayName, Attributes, ServiceProvider, Version, Created, Modified)
{
    /// <summary>Ids of the groups that this group contains, without duplicates; all are of its own service provider. A user in one of them is a member of this group too.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Ids of the users who are members only because they are in one of <see cref="Groups"/>, at whatever depth.</summary>
    public IReadOnlyList<string> Inherited { get; init; } = [];

    /// <summary>Of a group that is to be stored: the versions of <see cref="Groups"/> that <see cref="Inherited"/> was made from.</summary>
    public IReadOnlyDictionary<string, long> RestsOn { get; init; } = new Dictionary<string, long>();

    /// <summary>Ids of all users who are members, direct ones first.</summary>
    public IReadOnlyList<string> AllMembers => Inherited.Count == 0 ? Members : [.. Members, .. Inherited];
}
