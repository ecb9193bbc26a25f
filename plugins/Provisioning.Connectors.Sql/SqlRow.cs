using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Sql;

/// <summary>One row, its columns as JSON.</summary>
internal sealed class SqlRow
{
    private const int LongestId = 1024;

    private readonly List<(string Column, JsonNode? Value)> _columns = [];

    public IReadOnlyList<(string Column, JsonNode? Value)> Columns => _columns;

    public static SqlRow Read(DbDataReader reader)
    {
        var row = new SqlRow();
        for (var i = 0; i < reader.FieldCount; i++)
            row._columns.Add((reader.GetName(i), Value(reader, i)));
        return row;
    }

    public string? Text(string column) =>
        _columns.Find(found => found.Column.Equals(column, StringComparison.OrdinalIgnoreCase)).Value?.ToString();

    /// <summary>The id in a column, or null when it has none that can be kept.</summary>
    public string? Id(string column) => Kept(Text(column));

    /// <summary>The id in the first column, or null when it has none that can be kept.</summary>
    public string? FirstId() => Kept(_columns is [var first, ..] ? first.Value?.ToString() : null);

    /// <summary>The object.</summary>
    /// <exception cref="ConnectorException">When the row has no id. The test of the connection cannot see that, so it does not hold the target.</exception>
    public Account ToAccount(SqlObject kind)
    {
        var id = Id(kind.IdColumn)
            ?? throw new ConnectorException(FailureKind.Transient, $"a statement of '{kind.Name}' gives no column '{kind.IdColumn}' with an id that can be kept");
        var attributes = new JsonObject();
        foreach (var (column, value) in _columns)
        {
            if (value is null || IsOwn(kind, column))
                continue;
            PartedName.Put(attributes, column, value.DeepClone());
        }

        return new Account(id, attributes, kind.EnabledColumn is { } enabled ? Flag(Text(enabled)) : null)
        {
            OwnershipMarker = Text(kind.MarkerColumn) is { Length: > 0 } marker ? marker : null,
        };
    }

    private static string? Kept(string? id) => id is { Length: > 0 and <= LongestId } ? id : null;

    private static bool IsOwn(SqlObject kind, string column) =>
        new[] { kind.IdColumn, kind.MarkerColumn, kind.EnabledColumn }.Contains(column, StringComparer.OrdinalIgnoreCase);

    private static bool? Flag(string? text) => text switch
    {
        null => null,
        "1" or "t" or "y" => true,
        "0" or "f" or "n" => false,
        _ => bool.TryParse(text, out var flag) ? flag : null,
    };

    private static JsonNode? Value(DbDataReader reader, int column)
    {
        try
        {
            return reader.IsDBNull(column) ? null : Json(reader, column);
        }
        catch (Exception e) when (e is InvalidCastException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new ConnectorException(FailureKind.Rejected, $"the column '{reader.GetName(column)}' has a type that cannot be read; cast it to text", e);
        }
    }

    // PostgreSQL keeps what a document of type json says, halves of surrogate pairs and double names as well: that is kept as the text it is.
    private static JsonNode? Document(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    _ = reader.GetString();
            }

            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return JsonValue.Create(text);
        }
    }

    private static JsonNode? Json(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        bool flag => JsonValue.Create(flag),
        byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
        short or int or long => JsonValue.Create(reader.GetInt64(column)),
        float or double => JsonValue.Create(reader.GetDouble(column)),
        decimal number => JsonValue.Create(number),
        DateTime or DateTimeOffset or DateOnly or TimeOnly => JsonValue.Create(((IFormattable)reader.GetValue(column)).ToString("O", CultureInfo.InvariantCulture)),
        string text when reader.GetDataTypeName(column) is "json" or "jsonb" => Document(text),
        Array items => new JsonArray([.. items.Cast<object?>().Select(item => JsonValue.Create(item?.ToString()))]),
        IFormattable other => JsonValue.Create(other.ToString(null, CultureInfo.InvariantCulture)),
        var other => JsonValue.Create(other?.ToString()),
    };
}
