using System.Data.Common;
using Provisioning.Core.Targets;

namespace Provisioning.Storage;

internal sealed class SqlTargetStore(Database database, TimeProvider time) : ITargetStore
{
    private const string Columns = "identity_provider, condition, since, until, reason, times";

    public Task<TargetState?> FindAsync(string identityProvider, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Find(session, identityProvider, ""), cancellationToken);

    public Task<IReadOnlyList<TargetState>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<TargetState>>(
            session => session.List($"SELECT {Columns} FROM targets ORDER BY identity_provider", Map), cancellationToken);

    public Task<bool> SaveAsync(TargetState state, string? actor, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var before = Take(session, state).Condition;
                if (before == TargetCondition.Paused && actor is null)
                    return false;
                Write(session, state);
                if (before == state.Condition && actor is null)
                    return false;
                SqlAuditTrail.Append(
                    session, time.GetUtcNow(), actor ?? "host", $"identity-provider-{state.Condition.ToString().ToLowerInvariant()}", state.IdentityProvider, state.Reason);
                return before != state.Condition;
            },
            cancellationToken);

    // There is a row to lock, even if this is the first that is said of it: of two who say it at once the second sees the first.
    private static TargetState Take(SqlSession session, TargetState state)
    {
        session.Post(
            "INSERT INTO targets (identity_provider, condition, since, times) VALUES (@provider, @open, @since, 0) ON CONFLICT (identity_provider) DO NOTHING",
            ("@provider", state.IdentityProvider),
            ("@open", (int)TargetCondition.Open),
            ("@since", state.Since.Ms()));
        return Find(session, state.IdentityProvider, session.Dialect.ForUpdate)!;
    }

    private static void Write(SqlSession session, TargetState state) => session.Post(
        """
        INSERT INTO targets (identity_provider, condition, since, until, reason, times)
        VALUES (@provider, @condition, @since, @until, @reason, @times)
        ON CONFLICT (identity_provider) DO UPDATE SET condition = excluded.condition, since = excluded.since, until = excluded.until,
            reason = excluded.reason, times = excluded.times
        """,
        ("@provider", state.IdentityProvider),
        ("@condition", (int)state.Condition),
        ("@since", state.Since.Ms()),
        ("@until", state.Until?.Ms()),
        ("@reason", state.Reason),
        ("@times", state.Times));

    private static TargetState? Find(SqlSession session, string identityProvider, string ending) => session.First(
        $"SELECT {Columns} FROM targets WHERE identity_provider = @provider {ending}", Map, ("@provider", identityProvider));

    private static TargetState Map(DbDataReader row) => new(
        row.GetString(0), (TargetCondition)row.GetInt32(1), row.Time(2), row.OptionalTime(3), row.Text(4), row.GetInt32(5));
}
