using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

public abstract class RetentionTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : RetentionTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : RetentionTests(Backend.PostgreSQL);

    private static readonly RetentionSettings Settings = new() { Attempts = TimeSpan.FromDays(30), Audit = TimeSpan.FromDays(60), Gone = TimeSpan.FromDays(30) };

    [Fact]
    public async Task When_attempts_and_audit_are_old_Should_forget_them_in_batches()
    {
        var assignment = await ConvergedAsync(Plan("u1"));
        await Storage.Database.WriteAsync(
            session =>
            {
                for (var i = 0; i < SqlRetention.Batch * 2; i++)
                    session.Execute("INSERT INTO audit (at, actor, action, subject, detail) VALUES (@at, 'a', 'b', 'c', NULL)", ("@at", Start.Ms()));
                return true;
            },
            None);
        Time.Advance(TimeSpan.FromDays(45));
        await Storage.Audit.WriteAsync("ann", "park", "u1", null, None);
        Assert.Equal(1, await Storage.Retention.PruneAsync(Settings, None));
        Assert.Empty(await Ledger.AttemptsOfAsync(assignment.Id, 10, None));
        Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(SqlRetention.Batch * 2, await Storage.Retention.PruneAsync(Settings, None));
        Assert.Equal("ann", Assert.Single(await Storage.Audit.ListAsync(10, None)).Actor);
    }

    [Fact]
    public async Task When_a_user_is_gone_for_long_Should_forget_what_is_over_and_nothing_else()
    {
        await Ledger.CommitUserAsync(User("stays"), WriteKind.Insert, [], None);
        foreach (var user in (string[])["stays", "gone", "pending", "kept"])
            await ConvergedAsync(Plan(user));
        foreach (var user in (string[])["stays", "gone", "pending"])
        {
            var leaving = await PlanAsync(Plan(user, desired: DesiredState.Absent) with { ClaimFor = Lease("w") });
            if (user != "pending")
                await Ledger.RecordAsync(Done(leaving, "w", account: null) with { Applied = AppliedState.Absent }, None);
        }

        await Storage.Retention.PruneAsync(Settings, None);
        Assert.Equal(4, (await Ledger.ListAssignmentsAsync(new AssignmentQuery(), None)).Count);
        Time.Advance(TimeSpan.FromDays(31));
        await Storage.Retention.PruneAsync(Settings, None);
        Assert.Equal(["kept", "pending", "stays"], (await Ledger.ListAssignmentsAsync(new AssignmentQuery(), None)).Select(x => x.ResourceId).Order());
    }
}
