using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;

namespace Provisioning.Storage;

internal sealed class SqlDueTimes(Database database, TimeProvider time) : IDueTimes
{
    private const int Batch = 500;

    // Both find rows by the index of the queue, as AssignmentLife.BringForward says.
    internal const string WorkSql = $"""
        SELECT id FROM assignments
        WHERE identity_provider = @provider AND status = {Stored.Status.Pending} AND keeps_access = @keeps AND claimable_at > @latest AND (lease_token IS NULL OR lease_until <= @now)
            AND (desired = {Stored.Desired.Present} OR attempts > 0)
            AND (modified > @now OR first_failed_at > @now OR (attempts > 0 AND due_at > @never))
        LIMIT @batch
        """;

    internal const string GraceSql = $"""
        SELECT id FROM assignments
        WHERE identity_provider = @provider AND status = {Stored.Status.Pending} AND keeps_access = 0 AND claimable_at > @latest AND (lease_token IS NULL OR lease_until <= @now)
            AND attempts = 0 AND modified > @now
        LIMIT @batch
        """;

    public async Task<long> BringForwardAsync(IdentityProvider provider, CancellationToken cancellationToken)
    {
        var (delay, grace) = (provider.Retry.MaxDelay, provider.Deprovision.GracePeriod);
        await database.WriteAsync(session => EndPause(session, provider.Name), cancellationToken);
        return await MoveAsync(WorkSql, provider.Name, keeps: 0, delay, TimeSpan.Zero, cancellationToken)
            + await MoveAsync(WorkSql, provider.Name, keeps: 1, delay, TimeSpan.Zero, cancellationToken)
            + await MoveAsync(GraceSql, provider.Name, keeps: 0, grace, grace, cancellationToken);
    }

    private async Task<long> MoveAsync(string found, string provider, int keeps, TimeSpan longest, TimeSpan from, CancellationToken cancellationToken)
    {
        var all = 0L;
        while (await database.WriteAsync(session => Move(session, found, provider, keeps, longest, from), cancellationToken) is > 0 and var moved)
            all += moved;
        return all;
    }

    private int Move(SqlSession session, string found, string provider, int keeps, TimeSpan longest, TimeSpan from)
    {
        var now = time.GetUtcNow();
        return session.Execute(
            $"UPDATE assignments SET due_at = @due WHERE due_at > @due AND id IN ({found})",
            ("@due", (now + from).Ms()),
            ("@provider", provider),
            ("@keeps", keeps),
            ("@latest", (now + longest).Ms()),
            ("@now", now.Ms()),
            ("@never", (now + longest + AssignmentLife.MostAsked).Ms()),
            ("@batch", Batch));
    }

    private int EndPause(SqlSession session, string provider) => session.Execute(
        "UPDATE targets SET until = @now WHERE identity_provider = @provider AND condition <> @paused AND since > @now AND until > @now",
        ("@now", time.GetUtcNow().Ms()),
        ("@provider", provider),
        ("@paused", (int)TargetCondition.Paused));
}
