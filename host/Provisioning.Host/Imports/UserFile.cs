using System.Text.Json;
using System.Text.Json.Nodes;
using Sylvan.Data.Csv;

namespace Provisioning.Host.Imports;

/// <summary>Reads users from CSV (columns are SCIM paths) or JSON Lines (a SCIM user a line), one at a time.</summary>
internal static class UserFile
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };
    private static readonly string[] EnterpriseAttributes = ["employeeNumber", "costCenter", "organization", "division", "department"];
    private static readonly string[] MultiValued = ["emails", "phoneNumbers", "roles", "entitlements", "ims", "photos"];

    /// <exception cref="FormatException">The file is neither, or a line is malformed; the message has the line.</exception>
    public static IEnumerable<(int Line, JsonObject User)> Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => ReadCsv(path),
        ".jsonl" or ".ndjson" => ReadJsonLines(path),
        var other => throw new FormatException($"'{path}': cannot import '{other}' files; use .csv or .jsonl"),
    };

    private static IEnumerable<(int Line, JsonObject User)> ReadCsv(string path)
    {
        using var reader = CsvDataReader.Create(path);
        while (reader.Read())
        {
            var user = new JsonObject();
            var line = reader.RowNumber + 1;
            for (var i = 0; i < reader.FieldCount; i++)
                if (reader.GetString(i) is { Length: > 0 } value)
                    Set(user, reader.GetName(i), value, $"'{path}', line {line}");
            yield return (line, user);
        }
    }

    private static IEnumerable<(int Line, JsonObject User)> ReadJsonLines(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            JsonObject user;
            try
            {
                user = JsonNode.Parse(line, documentOptions: Strict) as JsonObject ?? throw new FormatException($"'{path}', line {number}: must be a JSON object");
            }
            catch (JsonException exception)
            {
                throw new FormatException($"'{path}', line {number}: {exception.Message}");
            }

            yield return (number, user);
        }
    }

    private static void Set(JsonObject user, string column, string value, string place)
    {
        var dot = column.IndexOf('.', StringComparison.Ordinal);
        if (EnterpriseAttributes.Contains(column, StringComparer.Ordinal))
            Child(user, Enterprise)[column] = value;
        else if (MultiValued.Contains(column, StringComparer.Ordinal))
            user[column] = new JsonArray([.. value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(x => new JsonObject { ["value"] = x })]);
        else if (column == "active")
            user[column] = bool.TryParse(value, out var active) ? active : throw new FormatException($"{place}: 'active' is '{value}'; it must be true or false");
        else if (dot > 0)
            Child(user, column[..dot])[column[(dot + 1)..]] = value;
        else
            user[column] = value;
    }

    private static JsonObject Child(JsonObject user, string name)
    {
        if (user[name] is not JsonObject child)
            user[name] = child = [];
        return child;
    }
}
