using Npgsql;
using Provisioning.Testing;

namespace Provisioning.Storage.Tests;

/// <summary>How PostgreSQL finds its way in a large ledger: fifty thousand rows are enough for the planner to care.</summary>
public sealed class PostgresPlanTests(PostgresPlanTests.LargeLedger ledger) : IClassFixture<PostgresPlanTests.LargeLedger>
{
    public static TheoryData<string, string> Queries() => new()
    {
        { SqlLedger.ClaimSql + " FOR UPDATE SKIP LOCKED", "ix_assignments_queue" },
        { SqlLedger.NextDueSql, "ix_assignments_queue" },
        { SqlLedger.PartSql, "assignments_pkey" },
        { SqlLedger.LeftBehindSql, "assignments_pkey" },
        { SqlUserStore.FindByNameSql, "ix_users_name" },
        { SqlUserStore.FindMatchedSql, "ix_users_name" },
        { SqlUserStore.FindRegisteredSql, "ix_registrations_name" },
        { SqlUserStore.DueSql, "ix_users_decide_at" },
        { SqlRetention.GoneSql, "ix_assignments_over" },
        { SqlReconciliationStore.KnownSql, "ix_assignments_account" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task When_a_hot_query_runs_Should_use_its_index_and_scan_no_large_table(string sql, string index)
    {
        Assert.SkipUnless(LocalPostgres.IsInstalled, LocalPostgres.Missing);
        await using var connection = new NpgsqlConnection(ledger.Place);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("EXPLAIN " + sql, connection);
        command.Parameters.AddWithValue("@provider", "p1");
        foreach (var (name, value) in ((string, string)[])[("@key", "u77"), ("@run", "r"), ("@after", "a20"), ("@last", "a21")])
            command.Parameters.AddWithValue(name, value);
        foreach (var (name, value) in ((string, long)[])[("@keeps", 1), ("@now", 9_000_000), ("@max", 128), ("@before", 100), ("@batch", 500), ("@type", 0), ("@at", 0)])
            command.Parameters.AddWithValue(name, value);
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(0));
        var text = string.Join('\n', plan);
        Assert.DoesNotContain("Seq Scan on assignments", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on users", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", text, StringComparison.Ordinal);
        Assert.Contains(index, text, StringComparison.Ordinal);
    }

    /// <summary>One for all queries: filling it takes seconds.</summary>
    public sealed class LargeLedger() : Fixture(Backend.PostgreSQL)
    {
        internal string Place => ConnectionString;

        public override async ValueTask InitializeAsync()
        {
            if (!LocalPostgres.IsInstalled)
                return;
            await base.InitializeAsync();
            await SqlAsync("""
                INSERT INTO users (id, user_name, user_name_key, apart, version, created, modified)
                SELECT 'u' || i, 'u' || i, 'u' || i, '', 1, 1, 1 FROM generate_series(1, 50000) i
                """);
            await SqlAsync("""
                INSERT INTO registrations (user_id, service_provider, user_name_key, attributes, origin, version, created, modified)
                SELECT 'u' || i, 'p1', 'u' || i, '{}', 0, 1, 1, 1 FROM generate_series(1, 50000) i
                """);
            await SqlAsync("""
                INSERT INTO assignments (id, identity_provider, resource_type, resource_id, resource_name, resource_name_key, desired, desired_revision, applied,
                    account_id, uncertain, status, attempts, due_at, modified)
                SELECT 'a' || i, 'p' || i % 5, 0, 'u' || i, 'u' || i, 'u' || i, CASE i % 50 WHEN 0 THEN 2 ELSE 0 END, 1, 0, CASE i % 50 WHEN 0 THEN NULL ELSE 't' || i END,
                    FALSE, i % 2, 0, i, i FROM generate_series(1, 50000) i
                """);
            await SqlAsync("ANALYZE");
        }
    }
}
