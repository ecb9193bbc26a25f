using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>Which members of a group are stored otherwise than before.</summary>
/// <param name="Before">Everybody who was a member.</param>
/// <param name="JoinedDirectly">New members that the group names.</param>
/// <param name="JoinedByNesting">New members through a group in the group.</param>
/// <param name="Left">Members of before who are no members now.</param>
/// <param name="ToDirect">Members before and after, whom the group names now and did not name before.</param>
/// <param name="ToInherited">The other way round.</param>
/// <param name="NextPosition">The place of the next direct member.</param>
internal sealed record GroupChange(
    IReadOnlyCollection<string> Before,
    List<string> JoinedDirectly,
    List<string> JoinedByNesting,
    List<string> Left,
    List<string> ToDirect,
    List<string> ToInherited,
    long NextPosition)
{
    public IEnumerable<string> Joined => JoinedDirectly.Concat(JoinedByNesting);

    public static GroupChange Of(Group group, Dictionary<string, (long Position, bool IsInherited)> before)
    {
        var direct = group.Members.Distinct(StringComparer.Ordinal).ToList();
        var directly = direct.ToHashSet(StringComparer.Ordinal);
        var inherited = group.Inherited.Where(x => !directly.Contains(x)).ToHashSet(StringComparer.Ordinal);
        return new GroupChange(
            before.Keys,
            [.. direct.Where(x => !before.ContainsKey(x))],
            [.. inherited.Where(x => !before.ContainsKey(x))],
            [.. before.Keys.Where(x => !directly.Contains(x) && !inherited.Contains(x))],
            [.. direct.Where(x => before.TryGetValue(x, out var was) && was.IsInherited)],
            [.. inherited.Where(x => before.TryGetValue(x, out var was) && !was.IsInherited)],
            before.Count == 0 ? 0 : before.Values.Max(x => x.Position) + 1);
    }
}
