namespace Provisioning.Connectors.Sql;

/// <summary>The attributes that statements read or write.</summary>
internal static class SqlSchema
{
    private static readonly string[] Own = ["id", "marker", "enabled", "value", "name", "after", "limit", "randomPassword", "randomPasswordHash"];

    public static async Task<IReadOnlyList<SchemaAttribute>> ReadAsync(SqlSession session, SqlObject kind)
    {
        var written = kind.Create.Concat(kind.Update).SelectMany(statement => statement.Parameters).Concat(kind.Set.Keys)
            .Select(parameter => parameter.Replace('.', '_')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        written.ExceptWith(Own);
        var attributes = new List<SchemaAttribute>();
        var columns = kind.Get is null ? [] : await session.ColumnsAsync(kind.Get);
        foreach (var group in columns.Where(column => !IsOwn(kind, column.Name)).GroupBy(column => column.Name.Split('.')[0], StringComparer.OrdinalIgnoreCase))
        {
            var parts = group.ToList();
            var isWritten = written.RemoveWhere(name => parts.Exists(part => Matches(name, part.Name)) || Matches(name, group.Key)) > 0;
            var type = parts.Exists(part => part.Name.Contains('.', StringComparison.Ordinal)) ? SchemaType.Complex : Type(parts[0].Type);
            attributes.Add(new SchemaAttribute(group.Key, type) { ReadOnly = !isWritten, MultiValued = parts[0].Type.IsArray && parts[0].Type != typeof(byte[]) });
        }

        return [.. attributes, .. written.Order(StringComparer.OrdinalIgnoreCase).Select(name => new SchemaAttribute(name, SchemaType.Text))];
    }

    private static bool Matches(string parameter, string column) =>
        parameter.Equals(column.Replace('.', '_'), StringComparison.OrdinalIgnoreCase);

    private static bool IsOwn(SqlObject kind, string column) =>
        new[] { kind.IdColumn, kind.MarkerColumn, kind.EnabledColumn }.Contains(column, StringComparer.OrdinalIgnoreCase);

    private static SchemaType Type(Type type) => System.Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => SchemaType.Boolean,
        TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 or TypeCode.Decimal or TypeCode.Double or TypeCode.Single => SchemaType.Number,
        TypeCode.DateTime => SchemaType.DateTime,
        _ when type == typeof(byte[]) => SchemaType.Binary,
        _ => SchemaType.Text,
    };
}
