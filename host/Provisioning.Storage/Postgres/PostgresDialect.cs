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

    public override string Members =>
        "(SELECT coalesce(json_agg(m.user_id ORDER BY m.position), '[]')::text FROM group_members m WHERE m.group_id = groups.id)";

    public override string Now => "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    public override string Begin => "BEGIN";

    public override bool Prepares => false;

    public override int ScriptSeconds => 0;

    public override string Contains(string column, string parameter) => $"strpos({column}, {parameter}) > 0";

    public override string Elements(string parameter) =>
        $"(SELECT value, position - 1 AS key FROM jsonb_array_elements_text({parameter}::jsonb) WITH ORDINALITY AS e(value, position))";
}
