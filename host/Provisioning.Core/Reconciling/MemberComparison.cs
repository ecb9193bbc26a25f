using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Reconciling;

/// <summary>Compares the members of one group. A member that somebody else added stays, so additional members alone need no repair.</summary>
internal static class MemberComparison
{
    private const int Named = 5;

    /// <param name="theirs">Account ids of the members that the target has.</param>
    public static Finding? Compare(Assignment group, IReadOnlySet<string> theirs)
    {
        var ours = (group.AppliedAttributes?["members"] as JsonArray)?.Select(x => x!.ToString()).ToHashSet(StringComparer.Ordinal) ?? [];
        List<string> gone = [.. ours.Where(x => !theirs.Contains(x))];
        List<string> more = [.. theirs.Where(x => !ours.Contains(x))];
        if (gone.Count + more.Count == 0)
            return null;
        return new Finding(
            FindingKind.Different, ResourceType.Group, group.Id, group.ResourceName, group.AccountId, "members", $"{ours.Count} members", $"{theirs.Count} members",
            string.Join("; ", ((string[])[Words("not in it", gone), Words("in it as well", more)]).Where(x => x.Length > 0)),
            gone.Count > 0 ? FindingStep.Possible : FindingStep.None);
    }

    private static string Words(string what, List<string> ids) => ids.Count == 0 ? ""
        : $"{what}: {string.Join(", ", ids.Take(Named))}{(ids.Count > Named ? $" and {ids.Count - Named} more" : "")}";
}
