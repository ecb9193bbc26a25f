using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

public abstract class PlanTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : PlanTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : PlanTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_the_plan_is_new_Should_be_pending_at_its_due_time()
    {
        var planned = await PlanAsync(Plan("u1", due: Start.AddMinutes(3)));
        var stored = await GetAsync(planned.Id);
        Assert.Equal(AssignmentStatus.Pending, stored.Status);
        Assert.Equal(Start.AddMinutes(3), stored.DueAt);
        Assert.Equal(1, stored.DesiredRevision);
        Assert.Equal("A", (string?)stored.DesiredAttributes!["name"]);
        Assert.Equal(planned with { DesiredAttributes = null }, stored with { DesiredAttributes = null });
    }

    [Fact]
    public async Task When_nothing_changed_Should_refresh_only_the_description()
    {
        var done = await ConvergedAsync(Plan("u1"));
        var again = await PlanAsync(
            Plan("u1", due: Start.AddHours(1)) with { ResourceName = "new", ServiceProvider = "shop", Decision = """{"a":1}""" });
        Assert.Equal((AssignmentStatus.Done, 1L, done.DueAt), (again.Status, again.DesiredRevision, again.DueAt));
        Assert.Equal(("new", "shop", """{"a":1}"""), (again.ResourceName, again.ServiceProvider, again.Decision));
        Assert.Single(await Ledger.ListAssignmentsAsync(new AssignmentQuery(ResourceName: "NEW"), None));
    }

    [Fact]
    public async Task When_it_is_parked_and_unchanged_Should_stay_parked()
    {
        var planned = await PlanAsync(Plan("u1"));
        Assert.True(await Ledger.ParkAsync(planned.Id, "stop", Start, None));
        var again = await PlanAsync(Plan("u1"));
        Assert.Equal((AssignmentStatus.Parked, "stop"), (again.Status, again.LastError));
    }

    [Fact]
    public async Task When_it_changed_Should_start_afresh_and_keep_what_was_applied()
    {
        var done = await ConvergedAsync(Plan("u1"));
        var first = await PlanAsync(Plan("u1", name: "B") with { ClaimFor = Lease("w") });
        await Ledger.RecordAsync(Failed(first, "w"), None);
        Assert.Equal(FailureKind.Transient, (await GetAsync(done.Id)).LastFailure);
        var next = await PlanAsync(Plan("u1", name: "C", due: Start.AddMinutes(1)));
        Assert.Equal((AssignmentStatus.Pending, 3L, 0), (next.Status, next.DesiredRevision, next.Attempts));
        Assert.Equal(((DateTimeOffset?)null, (FailureKind?)null, (string?)null), (next.FirstFailedAt, next.LastFailure, next.LastError));
        Assert.Equal((Start.AddMinutes(1), "acc-u1", AppliedState.Present), (next.DueAt, next.AccountId, next.Applied));
    }

    [Fact]
    public async Task When_it_cannot_be_mapped_Should_be_parked_with_the_reason()
    {
        var parked = await PlanAsync(Plan("u1", name: null) with { ParkReason = "no mail", ClaimFor = Lease("w") });
        Assert.Equal((AssignmentStatus.Parked, FailureKind.Rejected, "no mail"), (parked.Status, parked.LastFailure, parked.LastError));
        Assert.Null(parked.Lease?.Token);
        Assert.Equal(1, (await PlanAsync(Plan("u1", name: null) with { ParkReason = "no mail" })).DesiredRevision);
        Assert.Equal(AssignmentStatus.Pending, (await PlanAsync(Plan("u1"))).Status);
    }

    [Theory]
    [InlineData(DesiredState.Absent)]
    [InlineData(DesiredState.Disabled)]
    public async Task When_there_never_was_an_account_Should_be_done_at_once(DesiredState desired) =>
        Assert.Equal(AssignmentStatus.Done, (await PlanAsync(Plan("u1", desired: desired, name: null))).Status);

    [Fact]
    public async Task When_it_is_not_wanted_before_anything_was_applied_Should_be_done_at_once()
    {
        await PlanAsync(Plan("u1"));
        Assert.Equal(AssignmentStatus.Done, (await PlanAsync(Plan("u1", desired: DesiredState.Absent))).Status);
    }

    [Fact]
    public async Task When_it_is_not_wanted_while_a_call_is_under_way_Should_be_pending()
    {
        await PlanAsync(Plan("u1") with { ClaimFor = Lease("w") });
        Assert.Equal(AssignmentStatus.Pending, (await PlanAsync(Plan("u1", desired: DesiredState.Absent))).Status);
    }

    [Fact]
    public async Task When_it_is_not_wanted_and_there_is_an_account_Should_be_pending()
    {
        await ConvergedAsync(Plan("u1"));
        Assert.Equal(AssignmentStatus.Pending, (await PlanAsync(Plan("u1", desired: DesiredState.Absent))).Status);
    }

    [Fact]
    public async Task When_the_plan_claims_Should_lease_unless_somebody_else_holds_it()
    {
        Assert.Equal("a", (await PlanAsync(Plan("u1") with { ClaimFor = Lease("a") })).Lease?.Token);
        Assert.Equal("a", (await PlanAsync(Plan("u1", name: "B") with { ClaimFor = Lease("b") })).Lease?.Token);
        Time.Advance(TimeSpan.FromMinutes(2));
        var taken = await PlanAsync(Plan("u1", name: "C") with { ClaimFor = Lease("b") });
        Assert.Equal(("b", true), (taken.Lease?.Token, taken.Uncertain));
    }
}
