namespace Provisioning.Storage.Sqlite;

/// <summary>One writer at a time: nothing needs to be locked.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public static readonly SqliteDialect Instance = new();

    public override string Name => "Sqlite";

    public override string ForUpdate => "";

    public override string SkipLocked => "";

    public override bool LocksRows => false;

    public override string? LockName => null;

    // To SQLite, "cross" means: keep this order.
    public override string LookUp => "CROSS JOIN";

    public override string Names(string column, string order, string from) => $"(SELECT json_group_array({column} ORDER BY {order}) FROM {from})";

    public override string Now => "@now";

    public override string Begin => "BEGIN IMMEDIATE";

    public override bool Prepares => true;

    public override int ScriptSeconds => 5;

    public override string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    public override string Elements(string parameter) => $"json_each({parameter})";
}
