using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>The writes of the ledger; the reads are in the other part.</summary>
internal sealed partial class SqlLedger(Database database, TimeProvider time) : ILedger
{
    // Takes the queue index as it is: what is leased sorts by the end of its lease, so it is out of range while the lease lives.
    internal static readonly string ClaimSql = $"""
        SELECT {AssignmentColumns.Read} FROM assignments
        WHERE identity_provider = @provider AND status = {Stored.Status.Pending} AND keeps_access = @keeps AND claimable_at <= @now
        ORDER BY claimable_at LIMIT @max
        """;

    /// <summary>Held to <see cref="AssignmentLife.Claim"/>: a claimable row that has a lease has one that ended, and its holder may have died in a call.</summary>
    internal const string LeaseSql = """
        UPDATE assignments SET lease_node = @node, lease_token = @token, lease_until = @until, uncertain = (uncertain OR lease_token IS NOT NULL)
        """;

    public Task<IReadOnlyList<Assignment>> CommitUserAsync(
        User user, WriteKind kind, IReadOnlyList<AssignmentPlan> plans, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                UserRows.Write(session, user, kind);
                if (kind == WriteKind.Insert)
                    return PlanWriter.WriteNew(session, plans, time.GetUtcNow());
                var written = PlanWriter.Write(session, plans, time.GetUtcNow());
                return kind == WriteKind.Delete || user.EndedBy is not null
                    ? [.. written, .. Memberships.End(session, user.Id, kind == WriteKind.Delete ? null : user.EndedBy, time.GetUtcNow())]
                    : written;
            },
            IsAwaited(plans),
            cancellationToken);

    public Task<IReadOnlyList<Assignment>> CommitGroupAsync(
        Group group, WriteKind kind, bool ofOwnUsers, IReadOnlyList<AssignmentPlan> plans, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Assignment>>(
            session =>
            {
                var containing = GroupRows.Write(session, group, kind, ofOwnUsers, time.GetUtcNow());
                return [.. PlanWriter.Write(session, plans, time.GetUtcNow()), .. containing];
            },
            cancellationToken);

    public Task<(GroupHead Group, IReadOnlyList<string> Affected)?> CommitMembersAsync(
        string groupId, long? expected, MemberChange change, bool ofOwnUsers, CancellationToken cancellationToken) =>
        database.WriteAsync(session => MemberRows.Write(session, groupId, expected, change, ofOwnUsers, time.GetUtcNow()), cancellationToken);

    public Task PlannedAsync(IReadOnlyCollection<User> users, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Regrouping.Planned(session, users), cancellationToken);

    public Task<IReadOnlyList<Assignment>> CommitPlansAsync(
        IReadOnlyList<AssignmentPlan> plans, IReadOnlyCollection<DecidedUser> decided, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                DecidedUsers.Lock(session, decided);
                PlanVersions.Check(session, plans);
                var written = PlanWriter.Write(session, plans, time.GetUtcNow());
                PlanVersions.CheckStillGone(session, plans);
                DecidedUsers.Write(session, decided);
                return written;
            },
            IsAwaited(plans),
            cancellationToken);

    public Task<IReadOnlyList<Assignment>> ClaimAsync(
        string identityProvider, int max, Lease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Assignment>>(
            session =>
            {
                var claimed = Claimable(session, identityProvider, keeps: 0, max, now);
                if (claimed.Count < max)
                    claimed.AddRange(Claimable(session, identityProvider, keeps: 1, max - claimed.Count, now));
                if (claimed.Count == 0)
                    return claimed;
                session.Post(
                    $"{LeaseSql} WHERE id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)",
                    ("@node", lease.Node),
                    ("@token", lease.Token),
                    ("@until", lease.Until.Ms()),
                    ("@ids", Rows.Array(claimed.Select(x => x.Id))));
                return claimed.ConvertAll(x => Claim(session, x, lease, now));
            },
            cancellationToken);

    public Task<Assignment?> ClaimAsync(string id, Lease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (AssignmentRows.FindForUpdate(session, id) is not { } stored)
                    return null;
                var claimed = AssignmentLife.TakeOver(stored, lease, UnheardCalls.Sent(session, stored), now);
                if (claimed.Lease == stored.Lease)
                    return stored;
                AssignmentRows.UpdateOutcome(session, claimed);
                UnheardCreates.NoteTakenOver(session, stored, now);
                return claimed;
            },
            true,
            cancellationToken);

    public Task<bool> RecordAsync(AttemptRecord record, CancellationToken cancellationToken) =>
        database.WriteAsync(session => AttemptWriter.Write(session, record, time.GetUtcNow()), record.IsAwaited, cancellationToken);

    public Task<LinkOutcome> LinkAsync(Assignment claimed, string accountId, bool isAwaited, CancellationToken cancellationToken) =>
        database.WriteAsync(session => AccountHolders.Link(session, claimed, accountId, time.GetUtcNow()), isAwaited, cancellationToken);

    public Task<bool> YieldAsync(Assignment holder, IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode> values, CancellationToken cancellationToken) =>
        database.WriteAsync(session => AccountHolders.Yield(session, holder, values, time.GetUtcNow()), cancellationToken);

    public Task<IReadOnlyList<UnheardCreate>> TakeUnheardCreatesAsync(int max, DateTimeOffset due, CancellationToken cancellationToken) =>
        database.WriteAsync(session => UnheardCreates.Take(session, max, due, time.GetUtcNow()), cancellationToken);

    public Task LookedAsync(UnheardCreate create, CancellationToken cancellationToken) =>
        database.WriteAsync(session => UnheardCreates.Looked(session, create), cancellationToken);

    public Task<bool> FoundLateAsync(string assignmentId, string accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(session => UnheardCreates.Found(session, assignmentId, accountId, time.GetUtcNow()), cancellationToken);

    public Task ReleaseAsync(IReadOnlyCollection<Assignment> claimed, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var released = 0;
                foreach (var owned in claimed.GroupBy(x => x.Lease?.Token, StringComparer.Ordinal))
                {
                    released += session.Execute(
                        $"""
                        UPDATE assignments SET lease_node = NULL, lease_token = NULL, lease_until = NULL
                        WHERE lease_token = @token AND id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)
                        """,
                        ("@token", owned.Key),
                        ("@ids", Rows.Array(owned.Select(x => x.Id))));
                }

                return released;
            },
            cancellationToken);

    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Execute(
            "UPDATE assignments SET lease_node = NULL, lease_token = NULL, lease_until = NULL WHERE lease_node = @node AND lease_token = @token",
            ("@node", lease.Node),
            ("@token", lease.Token)),
        cancellationToken);

    public Task<int> RetryAsync(IReadOnlyCollection<string> ids, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(session => ParkedRows.Retry(session, ids, now), cancellationToken);

    public Task<int> DiscardAsync(
        IReadOnlyCollection<string> ids, string reason, string actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(session => ParkedRows.Discard(session, ids, reason, actor, now), cancellationToken);

    public Task<bool> ParkAsync(string assignmentId, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(session => ParkedRows.Park(session, assignmentId, reason, now), cancellationToken);

    public Task AttachAsync(IReadOnlyCollection<string> identityProviders, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                Detachment.Detach(session, identityProviders, now);
                return Detachment.Attach(session, identityProviders, now);
            },
            cancellationToken);

    private static bool IsAwaited(IReadOnlyList<AssignmentPlan> plans) => plans.Any(x => x.ClaimFor is not null);

    private static Assignment Claim(SqlSession session, Assignment claimable, Lease lease, DateTimeOffset now)
    {
        if (claimable.Lease is null)
            return AssignmentLife.Claim(claimable, lease, now);
        var claimed = AssignmentLife.TakeOver(claimable, lease, UnheardCalls.Sent(session, claimable), now);
        AssignmentRows.UpdateOutcome(session, claimed);
        UnheardCreates.NoteTakenOver(session, claimable, now);
        return claimed;
    }

    private static List<Assignment> Claimable(SqlSession session, string identityProvider, int keeps, int max, DateTimeOffset now) =>
        session.List(
            $"{ClaimSql} {session.Dialect.SkipLocked}",
            AssignmentColumns.Map,
            ("@provider", identityProvider),
            ("@keeps", keeps),
            ("@now", now.Ms()),
            ("@max", max));
}
