namespace Provisioning.Core.Ledger;

/// <summary>A group must not contain what it was to contain. Nothing was changed.</summary>
public sealed class NestingException(string message) : Exception(message)
{
    /// <summary>So many groups may contain a group, at whatever depth: a change of its members is a change of each of them.</summary>
    public const int MostContaining = 100;

    /// <summary>So many groups may be direct members of one: each is read when that one is stored.</summary>
    public const int MostContained = 1_000;

    /// <summary>So many memberships may come of one change, in all groups that contain the changed one: nobody else writes meanwhile.</summary>
    public const long MostJoining = 1_000_000;

    public static NestingException TooManyJoin(string groupId, int containing) =>
        new($"so many members cannot join group '{groupId}' at once, because {containing} groups contain it; add them in smaller parts, at most {MostJoining / containing} in each");

    public static NestingException TooManyIn(string groupId) => new($"group '{groupId}' would have more than {MostContained} groups as members");

    public static NestingException Cycle(string groupId) => new($"group '{groupId}' would contain itself");

    public static NestingException TooMany(string groupId) =>
        new($"more than {MostContaining} groups would contain group '{groupId}', directly or through others");
}
