using Npgsql;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

/// <summary>Statements that go along with the next one.</summary>
public abstract class PostedStatementTests(Backend backend) : Fixture(backend)
{
    private const string Insert = "INSERT INTO settings (key, value) VALUES (@name, 'x')";

    public sealed class On_SQLite() : PostedStatementTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : PostedStatementTests(Backend.PostgreSQL)
    {
        [Fact]
        public async Task When_a_user_comes_Should_store_the_user_and_the_plan_in_two_round_trips()
        {
            using var trips = new RoundTrips(new NpgsqlConnectionStringBuilder(ConnectionString).Database!);
            await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [Plan("u1")], None);
            Assert.Equal(2, trips.Count);
        }

        [Fact]
        public async Task When_an_account_was_made_Should_store_the_outcome_in_three_round_trips()
        {
            await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [Plan("u1")], None);
            var claimed = Assert.Single(await ClaimAsync("w"));
            using var trips = new RoundTrips(new NpgsqlConnectionStringBuilder(ConnectionString).Database!);
            Assert.True(await Ledger.RecordAsync(Done(claimed, "w"), None));
            Assert.Equal(3, trips.Count);
        }
    }

    [Fact]
    public async Task When_one_is_followed_by_a_question_Should_be_done_before_it() =>
        Assert.Equal(1L, await Storage.Database.WriteAsync(
            session =>
            {
                session.Post(Insert, ("@name", "a"));
                session.Post("SELECT key FROM settings WHERE key = @name", ("@name", "a"));
                return session.Scalar("SELECT count(*) FROM settings WHERE key = 'a'");
            },
            None));

    [Fact]
    public async Task When_rows_are_changed_after_it_Should_count_those_alone() =>
        Assert.Equal(2, await Storage.Database.WriteAsync(
            session =>
            {
                session.Post(Insert, ("@name", "a"));
                session.Post(Insert, ("@name", "b"));
                session.Post(Insert, ("@name", "c"));
                return session.Execute("UPDATE settings SET value = 'y' WHERE key IN ('a', 'b')");
            },
            None));

    [Fact]
    public async Task When_one_fails_Should_fail_its_operation_and_store_the_others()
    {
        await Storage.Database.WriteAsync(session => session.Execute(Insert, ("@name", "7")), None);
        var operations = Enumerable.Range(0, 20).Select(i => Storage.Database.WriteAsync(
            session =>
            {
                session.Post(Insert, ("@name", $"{i}-before"));
                session.Post(Insert, ("@name", $"{i}"));
                return i;
            },
            None)).ToList();
        foreach (var (operation, i) in operations.Select((x, i) => (x, i)))
        {
            if (i == 7)
                await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => operation);
            else
                Assert.Equal(i, await operation);
        }

        Assert.Equal(39L, await SqlAsync("SELECT count(*) FROM settings"));
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM settings WHERE key = '7-before'"));
    }

    /// <summary>What the driver sends to one database and waits for.</summary>
}
