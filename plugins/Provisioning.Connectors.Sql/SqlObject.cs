namespace Provisioning.Connectors.Sql;

/// <summary>The statements of one kind of object, read from the settings.</summary>
internal sealed class SqlObject(string name, SqlObjectSettings settings, string? enabledColumn)
{
    public string Name => name;

    public SqlStatement? Get { get; } = SqlStatement.One($"{name}.get", settings.Get);

    public SqlStatement? FindByMarker { get; } = SqlStatement.One($"{name}.findByMarker", settings.FindByMarker);

    public SqlStatement? FindByName { get; } = SqlStatement.One($"{name}.findByName", settings.FindByName);

    public SqlStatement? List { get; } = SqlStatement.One($"{name}.list", settings.List);

    public IReadOnlyList<SqlStatement> Create { get; } = SqlStatement.Several($"{name}.create", settings.Create);

    public IReadOnlyList<SqlStatement> Update { get; } = SqlStatement.Several($"{name}.update", settings.Update);

    public IReadOnlyList<SqlStatement> SetMarker { get; } = SqlStatement.Several($"{name}.setMarker", settings.SetMarker);

    public IReadOnlyList<SqlStatement> Delete { get; } = SqlStatement.Several($"{name}.delete", settings.Delete);

    public IReadOnlyDictionary<string, SqlStatement> Set { get; } = settings.Set.ToDictionary(
        set => set.Key, set => new SqlStatement($"{name}.set.{set.Key}", set.Value), StringComparer.OrdinalIgnoreCase);

    public string IdColumn => settings.IdColumn;

    public string MarkerColumn => settings.MarkerColumn;

    public string? EnabledColumn => enabledColumn;

    public IEnumerable<SqlStatement> All => [.. new[] { Get, FindByMarker, FindByName, List }.OfType<SqlStatement>(), .. Create, .. Update, .. SetMarker, .. Delete, .. Set.Values];

    /// <summary>The statement, or a failure that names the setting.</summary>
    public SqlStatement Require(SqlStatement? statement, string setting) => statement ?? throw Missing(setting);

    public IReadOnlyList<SqlStatement> Require(IReadOnlyList<SqlStatement> statements, string setting) =>
        statements.Count > 0 ? statements : throw Missing(setting);

    private ConnectorException Missing(string setting) => new(FailureKind.Rejected, $"there is no statement '{name}.{setting}' in the settings");
}
