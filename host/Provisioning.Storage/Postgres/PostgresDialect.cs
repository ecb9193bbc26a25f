namespace Provisioning.Storage.Postgres;

internal sealed class PostgresDialect : SqlDialect
{
    public static readonly PostgresDialect Instance = new();

    public override string Name => "Postgres";

    public override string ForUpdate => "FOR UPDATE";

    public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

    public override bool LocksRows => true;

    public override string LockName => "SELECT pg_advisory_xact_lock(hashtextextended(@name, 0))";

    public override string LookUp => "JOIN";

    public override string Names(string column, string order, string from) => $"(SELECT coalesce(json_agg({column} ORDER BY {order}), '[]')::text FROM {from})";

    public override string Now => "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    public override string Begin => "BEGIN";

    public override bool Prepares => false;

    public override int ScriptSeconds => 0;

    public override string Contains(string column, string parameter) => $"strpos({column}, {parameter}) > 0";

    public override string Elements(string parameter) =>
        $"(SELECT value, position - 1 AS key FROM jsonb_array_elements_text({parameter}::jsonb) WITH ORDINALITY AS e(value, position))";
}
