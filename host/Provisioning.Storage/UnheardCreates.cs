using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Notes creates whose answers were never heard, until the target has been looked at for long enough.</summary>
internal static class UnheardCreates
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>An attempt sent a create and does not know what came of it.</summary>
    public static void Note(SqlSession session, string assignmentId, string identityProvider, DateTimeOffset now) => session.Post(
        """
        INSERT INTO unheard_creates (assignment_id, identity_provider, since, looks, look_at)
        VALUES (@assignment, @provider, @now, 0, @first)
        ON CONFLICT (assignment_id) DO UPDATE SET since = excluded.since, looks = 0, look_at = excluded.look_at
        """,
        ("@assignment", assignmentId),
        ("@provider", identityProvider),
        ("@now", now.Ms()),
        ("@first", UnheardCreate.FirstLook(now).Ms()));

    /// <summary>Another one takes over from the holder of a lease, who may have died in the middle of a create.</summary>
    /// <param name="stored">As it was before.</param>
    public static void NoteTakenOver(SqlSession session, Assignment stored, DateTimeOffset now)
    {
        if (stored is { Lease: not null, AccountId: null } && (stored.Uncertain || stored.Desired != DesiredState.Absent))
            Note(session, stored.Id, stored.IdentityProvider, now);
    }

    public static IReadOnlyList<UnheardCreate> Take(SqlSession session, int max, DateTimeOffset until, DateTimeOffset now)
    {
        var due = session.List(
            $"""
            SELECT assignment_id, identity_provider, since, looks FROM unheard_creates
            WHERE look_at <= @now ORDER BY look_at LIMIT @max {session.Dialect.SkipLocked}
            """,
            row => new UnheardCreate(row.GetString(0), row.GetString(1), row.Time(2), row.GetInt32(3)),
            ("@now", until.Ms()),
            ("@max", max));
        session.Post(
            $"UPDATE unheard_creates SET look_at = @later WHERE assignment_id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)",
            ("@later", (now + Patience).Ms()),
            ("@ids", Rows.Array(due.Select(x => x.AssignmentId))));
        return due;
    }

    /// <summary>Does nothing if a new doubt began meanwhile.</summary>
    public static int Looked(SqlSession session, UnheardCreate create) => create.NextLook is { } next
        ? session.Execute(
            "UPDATE unheard_creates SET looks = @looks + 1, look_at = @next WHERE assignment_id = @assignment AND since = @since AND looks = @looks",
            ("@looks", create.Looks),
            ("@next", next.Ms()),
            ("@assignment", create.AssignmentId),
            ("@since", create.Since.Ms()))
        : session.Execute(
            "DELETE FROM unheard_creates WHERE assignment_id = @assignment AND since = @since", ("@assignment", create.AssignmentId), ("@since", create.Since.Ms()));

    public static bool Found(SqlSession session, string assignmentId, string account, DateTimeOffset now)
    {
        if (AssignmentRows.FindForUpdate(session, assignmentId) is not { Lease: null } stored || stored.AccountId == account)
            return false;
        var effect = AssignmentLife.FindLate(stored, account, null, now);
        if (effect.Stray is { } stray)
            return AccountHolders.PutAside(session, stored, stray, now);
        if (AccountHolders.IsHeld(session, stored, account))
            return false;
        AssignmentRows.Update(session, effect.Next);
        References.Wake(session, AssignedResource.Of(stored), now);
        return true;
    }
}
