using Npgsql;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage.Tests;

/// <summary>What is left of users and groups who do not exist any more.</summary>
public abstract class LeftBehindTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : LeftBehindTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : LeftBehindTests(Backend.PostgreSQL)
    {
        [Fact]
        public async Task When_somebody_comes_back_at_the_same_moment_Should_not_act_on_them()
        {
            var left = await PlanAsync(Plan("ada"));
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await RunAsync(connection, $"""
                INSERT INTO users (id, user_name, user_name_key, apart, version, created, modified)
                    VALUES ('ada', 'ada', 'ada', '', 1, 1, 1);
                SELECT id FROM assignments WHERE id = '{left.Id}' FOR UPDATE
                """);
            var leaves = Task.Run(() => Ledger.CommitPlansAsync([Leaves("ada")], None));
            await using var other = new NpgsqlConnection(ConnectionString);
            await other.OpenAsync();
            while (await RunAsync(other, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") is not 1L)
                await Task.Delay(10);
            await transaction.CommitAsync();
            await Assert.ThrowsAsync<VersionConflictException>(() => leaves);
            Assert.Equal(DesiredState.Present, (await GetAsync(left.Id)).Desired);
        }

        private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync();
        }
    }

    [Fact]
    public async Task Should_be_what_no_deletion_was_planned_for_of_users_and_groups_who_are_gone()
    {
        await Ledger.CommitUserAsync(User("here"), WriteKind.Insert, [Plan("here")], None);
        await Ledger.CommitGroupAsync(Group("staff", []), WriteKind.Insert, true, [Plan("staff", type: ResourceType.Group)], None);
        await PlanAsync(Plan("disabled", desired: DesiredState.Disabled) with { Assigned = false });
        await PlanAsync(Plan("deleted", desired: DesiredState.Absent));
        string[] left = [(await PlanAsync(Plan("gone"))).Id, (await PlanAsync(Plan("gone", type: ResourceType.Group))).Id];
        left = [.. left, (await PlanAsync(Plan("inactive", desired: DesiredState.Disabled) with { Assigned = true })).Id];

        // A group is not there because a user with its id is, and the other way round.
        left = [.. left, (await PlanAsync(Plan("here", type: ResourceType.Group))).Id, (await PlanAsync(Plan("staff"))).Id];
        await Ledger.AttachAsync([], Start, None);
        Assert.Equal(left.Order(), await FoundAsync());
        await Ledger.CommitPlansAsync([Leaves("gone")], None);
        Assert.Equal(left.Skip(1).Order(), await FoundAsync());
    }

    [Fact]
    public async Task Should_be_found_in_one_pass_over_the_ledger()
    {
        AssignmentPlan[] plans = [.. Enumerable.Range(0, 2500).Select(i => Plan($"u{i:0000}", desired: i % 500 == 7 ? DesiredState.Present : DesiredState.Absent))];
        foreach (var some in plans.Chunk(500))
            await Ledger.CommitPlansAsync(some, None);
        var (parts, found) = (0, new List<string>());
        for (string? after = null; await Ledger.ListLeftBehindAsync(after, None) is { LastId: { } last } part; after = last)
        {
            parts++;
            found.AddRange(part.Assignments.Select(x => x.ResourceId));
        }

        Assert.Equal((3, 5), (parts, found.Distinct().Count()));
    }

    private async Task<IEnumerable<string>> FoundAsync() => (await Ledger.ListLeftBehindAsync(null, None)).Assignments.Select(x => x.Id).Order();

    private protected static AssignmentPlan Leaves(string id) => Plan(id, desired: DesiredState.Absent) with { ResourceVersion = AssignmentPlan.NoVersion };
}
