using Npgsql;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

/// <summary>Two transactions that count for the same service providers take the locks in the same order, whatever the order of their plans.</summary>
public sealed class When_withdrawals_of_two_meet() : Fixture(Backend.PostgreSQL)
{
    [Theory]
    [InlineData("ad/portal", "ldap/portal", "ad/portal")]
    [InlineData("ldap/hr", "ldap/portal", "ldap/hr")]
    public async Task Should_wait_for_the_first_lock_before_they_take_the_second(string first, params string[] plans)
    {
        foreach (var plan in plans)
            await ConvergedAsync(Plan(plan, plan.Split('/')[0]));
        await using var other = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await other.OpenAsync(None);
        Assert.True(await TakesAsync(other, first));
        var taken = Ledger.CommitPlansAsync([.. plans.Select(Taking)], None);
        while (!await IsTrueAsync(other, "SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
            await Task.Yield();

        Assert.True(await TakesAsync(other, plans.Single(x => x != first)));
        await other.CloseAsync();
        Assert.All(await taken, x => Assert.Equal(DesiredState.Absent, x.Desired));
    }

    private AssignmentPlan Taking(string plan) =>
        Plan(plan, plan.Split('/')[0], DesiredState.Absent) with { Guard = new WithdrawalGuard(plan.Split('/')[1], Time.GetUtcNow() - TimeSpan.FromHours(1), 3, null) };

    private static Task<bool> TakesAsync(NpgsqlConnection connection, string name) =>
        IsTrueAsync(connection, $"SELECT pg_try_advisory_lock(hashtextextended('withdrawals/{name}', 0))");

    private static async Task<bool> IsTrueAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (bool)(await command.ExecuteScalarAsync(None))!;
    }
}
