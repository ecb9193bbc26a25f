using System.Text.Json;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

/// <summary>Where one statement changes many rows at once, each row becomes what the function of the assignment's life says.</summary>
public abstract class When_a_statement_changes_many_assignments(Backend backend) : Fixture(backend)
{
    private const int Count = 400;

    public sealed class On_SQLite() : When_a_statement_changes_many_assignments(Backend.SQLite);

    public sealed class On_PostgreSQL() : When_a_statement_changes_many_assignments(Backend.PostgreSQL);

    private string Now => $"{Time.GetUtcNow().ToUnixTimeMilliseconds()}";

    [Fact]
    public async Task Should_attach_as_the_function_does()
    {
        var before = await StoreAsync(1);
        await RunAsync(session => Detachment.Attach(session, ["ldap"], Time.GetUtcNow()));
        await AssertAsync(before, x => x.IdentityProvider == "ldap" ? AssignmentLife.Attach(x, Time.GetUtcNow()) : x);
    }

    [Fact]
    public async Task Should_detach_as_the_function_does()
    {
        var before = await StoreAsync(2);
        await RunAsync(session => Detachment.Detach(session, ["ldap"], Time.GetUtcNow()));
        await AssertAsync(before, x => x.IdentityProvider == "ldap" ? x : AssignmentLife.Detach(x, Time.GetUtcNow()));
    }

    [Fact]
    public async Task Should_retry_as_the_function_does()
    {
        var before = await StoreAsync(3);
        await RunAsync(session => ParkedRows.Retry(session, before.Select(x => x.Id), Time.GetUtcNow()));
        await AssertAsync(before, x => AssignmentLife.Retry(x, Time.GetUtcNow()));
    }

    [Fact]
    public async Task Should_wake_what_names_a_user_as_the_function_does()
    {
        var before = await StoreAsync(4);
        foreach (var one in before)
            await SqlAsync($"INSERT INTO account_references (assignment_id, user_id) VALUES ('{one.Id}', 'boss')");
        await RunAsync(session => session.Execute(References.WakeSql, ("@now", Time.GetUtcNow().ToUnixTimeMilliseconds()), ("@user", "boss"), ("@provider", "ldap")));
        await AssertAsync(before, x => x.IdentityProvider == "ldap" ? AssignmentLife.WakeForReference(x, Time.GetUtcNow()) : x);
    }

    [Fact]
    public async Task Should_wake_the_groups_of_a_member_as_the_function_does()
    {
        var before = await StoreAsync(5);
        foreach (var (one, index) in before.Select((x, i) => (x, i)))
            await SqlAsync($"INSERT INTO group_members (group_id, user_id, position) VALUES ('{one.ResourceId}', 'ada', {index})");
        await RunAsync(session => session.Execute(
            References.WakeGroupsSql, ("@now", Time.GetUtcNow().ToUnixTimeMilliseconds()), ("@provider", "ldap"), ("@group", (int)ResourceType.Group), ("@user", "ada")));
        await AssertAsync(before, x =>
            x is { IdentityProvider: "ldap", ResourceType: ResourceType.Group } ? AssignmentLife.WakeForMember(x, Time.GetUtcNow()) : x);
    }

    [Fact]
    public async Task Should_end_the_leases_of_a_host_as_the_function_does()
    {
        var before = await StoreAsync(6);
        await SqlAsync($"INSERT INTO nodes (name, started, version, configuration_revision, policy_revision, heartbeat) VALUES ('one', 1, '1', 'c', 'p', {Now})");
        await Storage.Nodes.LeaveAsync("one", None);
        await AssertAsync(before, x => x.Lease?.Node == "one" ? AssignmentLife.EndLease(x) : x);
    }

    [Fact]
    public async Task Should_claim_as_the_function_does()
    {
        var before = await StoreAsync(7);
        var lease = Lease("drain/1");
        var claimed = await Ledger.ClaimAsync("ldap", Count, lease, Time.GetUtcNow(), None);
        Assert.NotEmpty(claimed);
        var ids = claimed.Select(x => x.Id).ToHashSet();
        var now = Time.GetUtcNow();
        var due = before.Where(x => x is { IdentityProvider: "ldap", Status: AssignmentStatus.Pending } && x.DueAt <= now && !(x.Lease?.Until > now)).ToList();
        Assert.Equal(due.Select(x => x.Id).Order(), ids.Order());
        Assert.All(before.Where(x => AssignmentLife.IsInGrace(x, now)), x => Assert.Equal(Text(x), Text(AssignmentLife.Claim(x, lease, now))));
        foreach (var one in before.Where(x => ids.Contains(x.Id)))
            Assert.Equal(Text(AssignmentLife.TakeOver(one, lease, one.ResourceType == ResourceType.User ? one.DesiredAttributes : await SentAsync(one), Time.GetUtcNow())), Text(await GetAsync(one.Id)));
        foreach (var one in claimed)
            Assert.Equal(Text(one), Text(await GetAsync(one.Id)));
        await AssertAsync([.. before.Where(x => !ids.Contains(x.Id))], x => x);
    }

    [Fact]
    public async Task Should_release_as_the_function_does()
    {
        var before = await StoreAsync(8);
        var claimed = before.Where((x, i) => i % 3 == 0 && x.Lease is not null).ToList();
        await Ledger.ReleaseAsync(claimed, None);
        var lease = before.First(x => x.Lease is not null && !claimed.Contains(x)).Lease!;
        await Ledger.ReleaseAsync(lease, None);
        await AssertAsync(before, x => claimed.Contains(x) || x.Lease == lease ? AssignmentLife.Release(x) : x);
    }

    [Fact]
    public async Task Should_bring_due_times_forward_as_the_function_does()
    {
        var provider = new IdentityProvider
        {
            Name = "ldap",
            Connector = "x",
            Retry = new RetrySettings { MaxDelay = TimeSpan.FromMinutes(2) },
            Deprovision = new DeprovisionSettings { GracePeriod = TimeSpan.FromMinutes(3) },
        };
        var before = await StoreAsync(9, (x, i) => x with
        {
            Status = i % 3 == 0 ? x.Status : AssignmentStatus.Pending,
            Modified = i % 2 == 0 ? Time.GetUtcNow().AddMinutes(1) : x.Modified,
            FirstFailedAt = i % 5 == 0 ? Time.GetUtcNow().AddMinutes(1) : x.FirstFailedAt,
            DueAt = i % 7 == 0 ? x.DueAt.AddDays(2) : x.DueAt,
        });
        var moved = await Storage.DueTimes.BringForwardAsync(provider, None);
        await AssertAsync(before, Moved);
        Assert.InRange(moved, 20, Count);
        Assert.Equal(before.Count(x => !ReferenceEquals(x, Moved(x))), moved);

        Assignment Moved(Assignment one) => one.IdentityProvider == "ldap"
            ? AssignmentLife.BringForward(one, provider.Retry.MaxDelay, provider.Deprovision.GracePeriod, Time.GetUtcNow()) : one;
    }

    [Fact]
    public async Task Should_call_accounts_comparable_as_the_property_does()
    {
        var before = await StoreAsync(10);
        foreach (var type in Enum.GetValues<ResourceType>())
        {
            var known = await Storage.Reconciliations.KnownAsync("run", "ldap", type, "", Count, None);
            Assert.Equal(
                before.Where(x => x.AccountId is not null && x.IdentityProvider == "ldap" && x.ResourceType == type).Select(x => (x.Id, x.IsComparable)).Order(),
                known.Select(x => (x.AssignmentId, x.Settled)).Order());
        }
    }

    private Task<System.Text.Json.Nodes.JsonObject?> SentAsync(Assignment assignment) =>
        Storage.Database.WriteAsync(session => UnheardCalls.Sent(session, assignment), None);

    private async Task<IReadOnlyList<Assignment>> StoreAsync(int seed, Func<Assignment, int, Assignment>? change = null)
    {
        IReadOnlyList<Assignment> all = [.. new RandomAssignments(seed, Time.GetUtcNow()).Make(Count).Select(change ?? ((x, _) => x))];
        await RunAsync(session =>
        {
            foreach (var one in all)
                AssignmentRows.Insert(session, one);
            return 0;
        });
        return all;
    }

    private Task<int> RunAsync(Func<SqlSession, int> action) => Storage.Database.WriteAsync(action, None);

    private async Task AssertAsync(IReadOnlyList<Assignment> before, Func<Assignment, Assignment> function)
    {
        foreach (var one in before)
            Assert.Equal(Text(function(one)), Text(await GetAsync(one.Id)));
    }

    private static string Text(Assignment assignment) => JsonSerializer.Serialize(assignment);
}
