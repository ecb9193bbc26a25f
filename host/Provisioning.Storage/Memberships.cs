using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Deleting a user removes the user from all groups, and from what is desired of the groups at their targets, in the same transaction.</summary>
internal static class Memberships
{
    /// <summary>Ends all memberships of a user who has been removed, or those in the groups of one service provider. Returns the assignments of the groups.</summary>
    public static List<Assignment> End(SqlSession session, string userId, string? serviceProvider, DateTimeOffset now)
    {
        const string Left = "SELECT group_id FROM group_members JOIN groups ON groups.id = group_id WHERE user_id = @user AND service_provider = coalesce(@provider, service_provider)";

        // Each is read again under its lock: who changes the group at this moment must not lose that change to us.
        var groups = session.List(
            $"""
            SELECT id FROM assignments WHERE resource_type = @group AND desired <> {Stored.Desired.Absent} AND status <> {Stored.Status.Detached}
                AND resource_id IN ({Left}) ORDER BY id
            """,
            row => row.GetString(0),
            ("@group", (int)ResourceType.Group),
            ("@user", userId),
            ("@provider", serviceProvider));
        session.Execute(
            $"UPDATE groups SET version = version + 1, modified = @now WHERE id IN ({Left})", ("@now", now.Ms()), ("@user", userId), ("@provider", serviceProvider));
        session.Execute($"DELETE FROM group_members WHERE user_id = @user AND group_id IN ({Left})", ("@user", userId), ("@provider", serviceProvider));
        var changed = new List<Assignment>();
        foreach (var id in groups)
            changed.AddRange(Plan(session, id, members => members.Where(x => x != userId), now));
        return changed;
    }

    /// <summary>Other members than were desired of a group at a target.</summary>
    public static IReadOnlyList<Assignment> Plan(SqlSession session, string assignmentId, IEnumerable<string> members, DateTimeOffset now) =>
        Plan(session, assignmentId, _ => members.Order(StringComparer.Ordinal), now);

    private static IReadOnlyList<Assignment> Plan(SqlSession session, string assignmentId, Func<IEnumerable<string>, IEnumerable<string>> next, DateTimeOffset now)
    {
        if (AssignmentRows.FindForUpdate(session, assignmentId) is not { DesiredAttributes: not null } group)
            return [];
        var attributes = group.DesiredAttributes.DeepClone().AsObject();
        var members = next((attributes[PossibleAttributes.Members] as JsonArray ?? []).Select(x => x!.ToString()));
        attributes[PossibleAttributes.Members] = new JsonArray([.. members.Select(x => JsonValue.Create(x))]);
        var plan = new AssignmentPlan(
            group.IdentityProvider, group.ResourceType, group.ResourceId, group.ResourceName, group.ServiceProvider, group.Desired, attributes, now, group.Decision);
        return PlanWriter.Write(session, [plan], now);
    }
}
