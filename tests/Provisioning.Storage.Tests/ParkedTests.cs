using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

public abstract class ParkedTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : ParkedTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : ParkedTests(Backend.PostgreSQL);

    private ParkedWork Parked => new(Ledger, Time);

    [Fact]
    public async Task When_looked_for_Should_be_found_by_kind_text_and_age()
    {
        var old = await ParkedAsync("u1", "account '7' is not ours");
        Time.Advance(TimeSpan.FromDays(2));
        var other = await ParkedAsync("u2", "no route", FailureKind.Transient, "hr");
        await PlanAsync(Plan("u3"));
        Assert.Equal([old], await FindAsync(x => x with { Failure = FailureKind.Rejected }));
        Assert.Equal([other], await FindAsync(x => x with { Error = "no rou" }));
        Assert.Equal([old], await FindAsync(x => x with { FailingSince = Time.GetUtcNow().AddDays(-1) }));
        Assert.Equal([other], await FindAsync(x => x with { IdentityProvider = "hr" }));
        Assert.Equal([old, other], await FindAsync(x => x));
    }

    [Fact]
    public async Task When_one_of_many_is_alike_Should_retry_all_with_its_cause_and_no_other()
    {
        var first = await ParkedAsync("first", "account 'a1' of 'ada' is protected");
        for (var i = 0; i < 5; i++)
            await ParkedAsync($"u{i}", $"account 'b{i}' of 'bob{i}' is protected");
        var other = await ParkedAsync("other", "no mail");
        var elsewhere = await ParkedAsync("elsewhere", "account 'a1' of 'ada' is protected", provider: "hr");
        var causes = await Parked.CausesAsync(null, None);
        Assert.Equal([6, 1, 1], causes.Select(x => x.Count));
        Assert.Equal("account '…' of '…' is protected", causes[0].Cause);

        var (query, cause) = ParkedWork.Alike(await GetAsync(first));
        Assert.Equal(6, await Parked.RetryAsync(query, cause, None));
        Assert.Equal(((string[])[other, elsewhere]).Order(StringComparer.Ordinal), await FindAsync(x => x));
        Assert.Equal(2, await Parked.RetryAsync(new AssignmentQuery(), null, None));
    }

    [Fact]
    public async Task When_a_mapping_that_failed_is_as_before_Should_be_parked_no_more()
    {
        var ada = await ConvergedAsync(Plan("u1"));
        Assert.Equal(AssignmentStatus.Parked, (await PlanAsync(Plan("u1") with { ParkReason = "no title" })).Status);
        Assert.Equal(AssignmentStatus.Pending, (await PlanAsync(Plan("u1"))).Status);
        Assert.Equal("acc-u1", (await GetAsync(ada.Id)).AccountId);
    }

    [Fact]
    public async Task When_the_target_refused_it_Should_stay_parked_while_the_same_is_desired()
    {
        var id = await ParkedAsync("u1", "no mail");
        Assert.Equal((id, AssignmentStatus.Parked), (await PlanAsync(Plan("u1"))) is var again ? (again.Id, again.Status) : default);
    }

    [Fact]
    public async Task When_discarded_because_it_cannot_be_mapped_Should_stay_so_while_it_cannot()
    {
        var plan = Plan("u1", name: null) with { ParkReason = "no title" };
        var id = (await PlanAsync(plan)).Id;
        Assert.Equal(1, await Parked.DiscardAsync(new AssignmentQuery(id), null, "left the project", "ann", None));
        Assert.Equal(AssignmentStatus.Discarded, (await PlanAsync(plan)).Status);
        Assert.Equal(AssignmentStatus.Parked, (await PlanAsync(plan with { ParkReason = "no mail" })).Status);
    }

    [Fact]
    public async Task When_discarded_Should_stay_so_until_something_else_is_desired()
    {
        var id = await ParkedAsync("u1", "no mail");
        var parked = await GetAsync(id);
        Assert.Equal(1, await Parked.DiscardAsync(new AssignmentQuery(id), null, "left the project", "ann", None));
        var discarded = await GetAsync(id);
        Assert.Equal((AssignmentStatus.Discarded, "left the project", "no mail"), (discarded.Status, discarded.DiscardReason, discarded.LastError));
        var entry = (await Storage.Audit.ListAsync(1, None))[0];
        Assert.Equal(("ann", "discard", id), (entry.Actor, entry.Action, entry.Subject));

        Assert.Equal(0, await Ledger.RetryAsync([id], Start, None));
        Assert.Equal(0, await Parked.DiscardAsync(new AssignmentQuery(id), null, "again", "ann", None));
        Assert.Empty(await ClaimAsync("w"));
        Assert.Equal(AssignmentStatus.Discarded, (await PlanAsync(Plan("u1"))).Status);
        Assert.Equal(AssignmentStatus.Pending, (await PlanAsync(Plan("u1", name: "B"))).Status);
        Assert.Equal(parked.DesiredRevision + 1, (await GetAsync(id)).DesiredRevision);
    }

    [Fact]
    public async Task When_discarded_while_an_attempt_runs_Should_believe_only_that_it_succeeded()
    {
        var running = (await ClaimedAsync("u1"))!;
        await Ledger.ParkAsync(running.Id, "stop", Start, None);
        await Ledger.DiscardAsync([running.Id], "enough", "ann", Start, None);
        await Ledger.RecordAsync(Failed(running, "w", AssignmentStatus.Parked), None);
        Assert.Equal(AssignmentStatus.Discarded, (await GetAsync(running.Id)).Status);

        var other = (await ClaimedAsync("u2"))!;
        await Ledger.ParkAsync(other.Id, "stop", Start, None);
        await Ledger.DiscardAsync([other.Id], "enough", "ann", Start, None);
        await Ledger.RecordAsync(Done(other, "w"), None);
        Assert.Equal((AssignmentStatus.Done, "acc-u2"), (await GetAsync(other.Id)) is var done ? (done.Status, done.AccountId) : default);
    }

    private Task<Assignment?> ClaimedAsync(string user, string provider = "ldap") =>
        PlanAsync(Plan(user, provider) with { ClaimFor = Lease("w") })!;

    private async Task<string> ParkedAsync(string user, string error, FailureKind kind = FailureKind.Rejected, string provider = "ldap")
    {
        var claimed = (await ClaimedAsync(user, provider))!;
        var failed = Failed(claimed, "w", AssignmentStatus.Parked);
        await Ledger.RecordAsync(failed with { Attempt = failed.Attempt with { Failure = kind, Message = error } }, None);
        return claimed.Id;
    }

    private async Task<IReadOnlyList<string>> FindAsync(Func<AssignmentQuery, AssignmentQuery> narrowed) =>
        [.. (await Ledger.ListAssignmentsAsync(narrowed(new AssignmentQuery(Status: AssignmentStatus.Parked)), None)).Select(x => x.Id)];
}
