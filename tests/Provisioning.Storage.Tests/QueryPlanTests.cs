using Microsoft.Data.Sqlite;

namespace Provisioning.Storage.Tests;

public sealed class QueryPlanTests() : Fixture(Backend.SQLite)
{
    public static TheoryData<string, string> HotQueries() => new()
    {
        { SqlLedger.ClaimSql, "ix_assignments_queue" },
        { SqlLedger.NextDueSql, "ix_assignments_queue" },
        { SqlLedger.LeftBehindSql, "sqlite_autoindex_assignments_1 (id>? AND id<?)" },
        { References.WakeSql, "ix_assignments_status (identity_provider=? AND status=? AND id=?)" },
        { References.WakeGroupsSql, "sqlite_autoindex_assignments_2 (identity_provider=? AND resource_type=? AND resource_id=?)" },
        { SqlUserStore.FindByNameSql, "sqlite_autoindex_users_2 (user_name_key=?)" },
        { SqlUserStore.FindMatchedSql, "sqlite_autoindex_users_2 (user_name_key=? AND apart=?)" },
        { SqlUserStore.FindRegisteredSql, "ix_registrations_name (service_provider=? AND user_name_key=?)" },
        { SqlUserStore.WithExternalId, "ix_registrations_external_id (external_id=?" },
        { SqlUserStore.ByEmailSql, "ix_registrations_email (email_key=?" },
        { SqlUserStore.WithDisplayName, "ix_registrations_display_name (display_name_key=?" },
        {
            "SELECT user_id FROM registrations WHERE service_provider = @provider AND (modified, user_id) < (@at, @after) AND modified >= @since ORDER BY modified DESC, user_id DESC LIMIT @max",
            "ix_registrations_modified (service_provider=? AND "
        },
        { SqlUserStore.ByValueSql, "registration_values USING PRIMARY KEY (value_key=? AND kind=?" },
        { SqlUserStore.DueSql, "ix_users_decide_at" },
        { SqlReconciliationStore.KnownSql, "ix_assignments_account" },
        { $"SELECT id FROM assignments WHERE id > @after AND status = {Stored.Status.Parked} ORDER BY id LIMIT @max", "ix_assignments_parked" },
    };

    [Theory]
    [MemberData(nameof(HotQueries))]
    public async Task When_a_hot_query_runs_Should_use_its_index(string sql, string index)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in (string[])["@provider", "@keeps", "@now", "@max", "@key", "@run", "@type", "@after", "@last", "@user", "@group", "@at", "@kind", "@since"])
            command.Parameters.AddWithValue(name, 1);
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(3));

        // What a subquery with a limit gave may be gone through.
        var text = string.Join('\n', plan).Replace("SCAN users\nSEARCH r", "SEARCH r", StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN", text);

        // The few who have one address are sorted.
        if (sql != SqlUserStore.ByEmailSql)
            Assert.DoesNotContain("TEMP B-TREE", text);
        Assert.Contains(index, text);
    }
}
