using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>
/// A plan that comes alone was made from what was read before: who changed the user or group in between has planned too, and later, and must
/// not be overwritten. Who changes one commits it with its plans, under its own check.
/// </summary>
internal static class PlanVersions
{
    /// <summary>
    /// Who does not exist has no row to lock. So where transactions overlap, it is looked at again once the assignments are written and locked:
    /// who comes back has either written them before, and is seen, or waits for them, and writes later.
    /// </summary>
    public static void CheckStillGone(SqlSession session, IReadOnlyList<AssignmentPlan> plans)
    {
        if (session.Dialect.LocksRows)
            Check(session, [.. plans.Where(x => x.ResourceVersion == AssignmentPlan.NoVersion)]);
    }

    public static void Check(SqlSession session, IReadOnlyList<AssignmentPlan> plans)
    {
        Check(session, "users", plans.Where(x => x.ResourceType == ResourceType.User));
        Check(session, "groups", plans.Where(x => x.ResourceType == ResourceType.Group));
    }

    private static void Check(SqlSession session, string table, IEnumerable<AssignmentPlan> plans)
    {
        var expected = plans.Where(x => x.ResourceVersion is not null).Select(x => (x.ResourceId, Version: x.ResourceVersion!.Value)).Distinct().ToList();
        if (expected.Count == 0)
            return;
        var current = session.List(
            $"SELECT id, version FROM {table} WHERE id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i) ORDER BY id {(session.Dialect.LocksRows ? "FOR SHARE" : "")}",
            row => (Id: row.GetString(0), Version: row.GetInt64(1)),
            ("@ids", Rows.Array(expected.Select(x => x.ResourceId)))).ToDictionary(x => x.Id, x => x.Version, StringComparer.Ordinal);
        foreach (var (id, version) in expected)
            if (current.GetValueOrDefault(id, AssignmentPlan.NoVersion) != version)
                throw new VersionConflictException(id);
    }
}
