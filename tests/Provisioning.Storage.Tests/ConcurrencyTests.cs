using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Testing;

namespace Provisioning.Storage.Tests;

/// <summary>Two hosts on one PostgreSQL database.</summary>
public sealed class ConcurrencyTests() : Fixture(Backend.PostgreSQL)
{
    [Fact]
    public async Task When_two_hosts_open_a_new_database_Should_migrate_it_once()
    {
        var database = LocalPostgres.Shared.NewDatabase();
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ProvisioningStorage.OpenPostgresAsync(database, Time, None)));
        var versions = await opened[0].Database.ReadAsync(session => session.Scalar("SELECT count(*) - max(version) FROM schema_version"), None);
        Assert.Equal(0L, versions);
        foreach (var storage in opened)
            await storage.DisposeAsync();
    }

    [Fact]
    public async Task When_two_hosts_claim_at_once_Should_give_each_assignment_to_one()
    {
        const int all = 500;
        await using var second = await OpenAsync();
        await Ledger.CommitPlansAsync([.. Enumerable.Range(0, all).Select(i => Plan($"u{i}"))], None);
        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            var claimed = new List<string>();
            var ledger = i % 2 == 0 ? Ledger : second.Ledger;
            while (await ledger.ClaimAsync("ldap", 7, Lease($"w{i}"), Start, None) is { Count: > 0 } batch)
                claimed.AddRange(batch.Select(x => x.Id));
            return claimed;
        }));
        Assert.Equal(all, claims.Sum(x => x.Count));
        Assert.Equal(all, claims.SelectMany(x => x).Distinct().Count());
    }

    [Fact]
    public async Task When_one_user_is_written_by_two_hosts_Should_refuse_all_but_one_of_each_version()
    {
        await using var second = await OpenAsync();
        await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [Plan("u1")], None);
        for (var version = 2; version < 12; version++)
        {
            var next = version;
            var writes = Enumerable.Range(0, 8).Select(async i =>
            {
                var ledger = i % 2 == 0 ? Ledger : second.Ledger;
                try
                {
                    await ledger.CommitUserAsync(User("u1", version: next), WriteKind.Update, [Plan("u1", name: $"{next}-{i}")], None);
                    return 1;
                }
                catch (VersionConflictException)
                {
                    return 0;
                }
            });
            Assert.Equal(1, (await Task.WhenAll(writes)).Sum());
        }

        Assert.Equal(11, Assert.Single(await Ledger.AssignmentsOfAsync(ResourceType.User, "u1", None)).DesiredRevision);
    }

    [Fact]
    public async Task When_one_name_is_taken_by_many_at_once_Should_give_it_to_one()
    {
        await using var second = await OpenAsync();
        var writes = Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await (i % 2 == 0 ? Ledger : second.Ledger).CommitUserAsync(User($"u{i}", "same"), WriteKind.Insert, [Plan($"u{i}")], None);
                return 1;
            }
            catch (DuplicateNameException)
            {
                return 0;
            }
        });
        Assert.Equal(1, (await Task.WhenAll(writes)).Sum());
        Assert.Equal(1, Assert.Single(await Ledger.CountAsync(None)).Count);
    }

    [Fact]
    public async Task When_outcomes_and_new_plans_meet_Should_lose_neither()
    {
        await using var second = await OpenAsync();
        const int users = 20, rounds = 30;
        await Ledger.CommitPlansAsync([.. Enumerable.Range(0, users).Select(i => Plan($"u{i}"))], None);
        var planning = Task.Run(async () =>
        {
            for (var round = 0; round < rounds; round++)
                foreach (var i in Enumerable.Range(0, users).OrderBy(_ => Random.Shared.Next()))
                    await Ledger.CommitPlansAsync([Plan($"u{i}", name: $"r{round}")], None);
        });
        while (!planning.IsCompleted || await second.Ledger.NextDueAsync("ldap", None) is not null)
            foreach (var claimed in await second.Ledger.ClaimAsync("ldap", 10, Lease("w"), Time.GetUtcNow(), None))
                Assert.True(await second.Ledger.RecordAsync(Done(claimed, "w"), None));
        await planning;
        foreach (var assignment in await Ledger.ListAssignmentsAsync(new AssignmentQuery(), None))
            Assert.Equal(("Done", $"r{rounds - 1}"), (assignment.Status.ToString(), (string?)assignment.AppliedAttributes!["name"]));
    }
}
