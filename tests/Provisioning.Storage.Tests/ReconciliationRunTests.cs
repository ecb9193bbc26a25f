using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Reconciling;
using Provisioning.Core.Targets;

namespace Provisioning.Storage.Tests;

/// <summary>One run at a time, by one owner, that can be ended and begun anew.</summary>
public abstract class ReconciliationRunTests(Backend backend) : ReconciliationFixture(backend)
{
    public sealed class On_SQLite() : ReconciliationRunTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : ReconciliationRunTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_a_host_dies_in_the_middle_Should_begin_anew_and_refuse_what_the_dead_one_still_sends()
    {
        await AccountAsync("u1", "1");
        var run = await RequestAsync();
        Assert.Equal(run.Id, (await Store.BeginAsync(Provider, "dead", Time.GetUtcNow(), None))!.Id);
        var batch = new ReconciledBatch(
            ResourceType.User, ["1", "7"], [new Finding(FindingKind.Unmatched, ResourceType.User, null, null, "7")], new Dictionary<FindingKind, long> { [FindingKind.Unmatched] = 3 }, 1);
        Assert.True(await Store.StoreAsync(run.Id, "dead", batch, None));
        Assert.Equal((2L, 4L, 1L), (await Store.FindAsync(run.Id, None)) is { } half ? (half.Listed, half.Findings[FindingKind.Unmatched], half.InMotion) : default);
        Assert.Equal([Provider], await Store.UnfinishedAsync(None));

        Target.Listed = async _ => Assert.False(await Store.StoreAsync(run.Id, "dead", batch, None));
        Assert.True(await NewReconciler().RunNextAsync(Provider, None));
        var done = (await Store.FindAsync(run.Id, None))!;
        Assert.Equal((ReconciliationState.Complete, 1L), (done.State, done.Listed));
        Assert.Empty(await FindingsAsync(done));
        Assert.Empty(await Store.UnfinishedAsync(None));
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM reconciliation_seen"));
    }

    [Theory]
    [InlineData(12, 0, "12 of 12 accounts")]
    [InlineData(12, 300, "12 of 312 accounts")]
    [InlineData(2, 10, "2 of 12 accounts")]
    [InlineData(2, 100, null)]
    [InlineData(0, 12, null)]
    public async Task When_many_accounts_carry_a_marker_of_ours_and_belong_to_nobody_Should_say_that_the_database_may_be_old(int ours, int others, string? expected)
    {
        for (var i = 0; i < ours; i++)
            Target.Put($"a{i}", $"x{i}", marker: Guid.CreateVersion7().ToString());
        for (var i = 0; i < others; i++)
            Target.Put($"b{i}", $"y{i}", marker: i % 2 == 0 ? $"HR-{i}" : null);
        var run = await ReconcileAsync();
        Assert.Equal(ReconciliationState.Complete, run.State);
        if (expected is null)
            Assert.Null(run.Problem);
        else
            Assert.Contains(expected, run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_target_has_a_rate_Should_wait_for_a_turn_before_each_page()
    {
        Settings = Settings with { Groups = [], Limits = new LimitSettings { RequestsPerSecond = 5 } };
        Pace = new NotedPace(Target.Calls);
        for (var i = 0; i < 150; i++)
            Target.Put($"a{i:000}", $"x{i}");
        Target.Listed = i =>
        {
            if (i == 100)
                Target.Calls.Add("second page");
            return Task.CompletedTask;
        };
        await ReconcileAsync();
        Assert.Equal(["turn of ldap", "list User", "turn of ldap", "second page"], Target.Calls);

        // Also an answer without accounts is an answer.
        Target.Calls.Clear();
        Target.Users.Clear();
        await ReconcileAsync();
        Assert.Equal(["turn of ldap", "list User"], Target.Calls);
    }

    [Fact]
    public async Task When_it_is_cancelled_Should_stop_at_the_next_part()
    {
        for (var i = 0; i < 600; i++)
            Target.Put($"a{i}", $"x{i}");
        var run = await RequestAsync();
        Target.Listed = async listed =>
        {
            if (listed == 510)
                Assert.True(await Store.CancelAsync(run.Id, Time.GetUtcNow(), None));
        };
        Assert.True(await NewReconciler().RunNextAsync(Provider, None));
        var cancelled = (await Store.FindAsync(run.Id, None))!;
        Assert.Equal((ReconciliationState.Cancelled, 500L), (cancelled.State, cancelled.Listed));
        Assert.False(await Store.CancelAsync(run.Id, Time.GetUtcNow(), None));
    }

    [Fact]
    public async Task When_the_host_stops_Should_be_queued_again()
    {
        Target.Put("1", "x");
        using var stop = new CancellationTokenSource();
        Target.Listed = _ => stop.CancelAsync();
        var run = await RequestAsync();
        Assert.True(await NewReconciler().RunNextAsync(Provider, stop.Token));
        Assert.Equal(ReconciliationState.Queued, (await Store.FindAsync(run.Id, None))!.State);
        Target.Listed = _ => Task.CompletedTask;
        Assert.True(await NewReconciler().RunNextAsync(Provider, None));
        Assert.False(await NewReconciler().RunNextAsync(Provider, None));
    }

    [Fact]
    public async Task When_one_waits_or_runs_Should_take_no_second_one()
    {
        await RequestAsync();
        Assert.False(await Store.RequestAsync(Reconciliation.New(Provider, ReconciliationMode.Report, false, "ann", Start), None));
        Assert.True(await Store.RequestAsync(Reconciliation.New("hr", ReconciliationMode.Report, false, "ann", Start), None));
    }

    [Theory]
    [InlineData(TargetCondition.Paused, Reconciliation.Schedule, ReconciliationState.Incomplete)]
    [InlineData(TargetCondition.Paused, "ann", ReconciliationState.Complete)]
    [InlineData(TargetCondition.Throttled, "ann", ReconciliationState.Incomplete)]
    public async Task When_the_target_is_left_alone_Should_not_read_it_unless_somebody_paused_it_and_asks(TargetCondition condition, string by, ReconciliationState expected)
    {
        await Storage.Targets.SaveAsync(new TargetState(Provider, condition, Start, condition == TargetCondition.Paused ? null : Start.AddHours(1), "rest"), "ann", None);
        var run = await RequestAsync(by);
        await NewReconciler().RunNextAsync(Provider, None);
        Assert.Equal(expected, (await Store.FindAsync(run.Id, None))!.State);
    }

    [Fact]
    public async Task When_there_are_many_strangers_Should_keep_some_and_count_all()
    {
        for (var i = 0; i < 10_600; i++)
            Target.Put($"a{i:00000}", $"x{i}");
        var run = await RequestAsync();
        await NewReconciler().RunNextAsync(Provider, None);
        Assert.Equal((10_600L, 10_600L), (await Store.FindAsync(run.Id, None)) is { } done ? (done.Listed, done.Findings[FindingKind.Unmatched]) : default);
        Assert.Equal(10_000L, await SqlAsync("SELECT count(*) FROM reconciliation_findings"));

        // And forget it in time.
        Time.Advance(TimeSpan.FromDays(31));
        await Storage.Retention.PruneAsync(new RetentionSettings { Reconciliations = TimeSpan.FromDays(30) }, None);
        Assert.Empty(await Store.ListAsync(Provider, 10, None));
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM reconciliation_findings"));
    }

    private async Task<Reconciliation> RequestAsync(string by = "ann")
    {
        var run = Reconciliation.New(Provider, ReconciliationMode.Report, false, by, Time.GetUtcNow());
        Assert.True(await Store.RequestAsync(run, None));
        return run;
    }
}
