using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Host.Inbound;
using Provisioning.Scim;
using Sylvan.Data.Csv;

namespace Provisioning.Host.Imports;

/// <summary>Reads users from CSV (columns are SCIM paths) or JSON Lines (a SCIM user a line), one at a time.</summary>
internal static class UserFile
{
    private const StringSplitOptions Separated = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    // Stands for bytes that are no UTF-8, so that their line is known. It is never a character.
    private const string NoText = "\uFFFF";

    private static readonly Encoding Marking = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(NoText));

    /// <exception cref="FormatException">The file is neither, or a line is malformed; the message has the line.</exception>
    public static IEnumerable<(int Line, JsonObject User)> Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => ReadCsv(path),
        ".jsonl" or ".ndjson" => ReadJsonLines(path),
        var other => throw new FormatException($"'{path}': cannot import '{other}' files; use .csv or .jsonl"),
    };

    private static IEnumerable<(int Line, JsonObject User)> ReadCsv(string path)
    {
        using var text = new StreamReader(path, Marking);
        using var reader = Guarded(path, 1, () => CsvDataReader.Create(text));
        CheckColumns(path, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
        while (Guarded(path, reader.RowNumber + 1, reader.Read))
        {
            var user = new JsonObject();
            var line = reader.RowNumber + 1;
            for (var i = 0; i < reader.FieldCount; i++)
                Set(user, reader.GetName(i), Text(reader.GetString(i), path, line), $"'{path}', line {line}");
            yield return (line, user);
        }
    }

    private static IEnumerable<(int Line, JsonObject User)> ReadJsonLines(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path, Marking))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            yield return (number, ReadLine(Text(line, path, number), $"'{path}', line {number}"));
        }
    }

    private static T Guarded<T>(string path, int line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or CsvRecordTooLargeException)
        {
            throw new FormatException($"'{path}', at or after line {line}: {exception.Message}");
        }
    }

    private static JsonObject ReadLine(string line, string place)
    {
        try
        {
            return CheckedJson.ReadObject(Encoding.UTF8.GetBytes(line), namesIgnoreCase: true);
        }
        catch (ScimException exception)
        {
            throw new FormatException($"{place}: {exception.Message}");
        }
    }

    private static string Text(string text, string path, int line) => text.Contains(NoText, StringComparison.Ordinal)
        ? throw new FormatException($"'{path}', line {line}: has bytes that are no UTF-8; save the file as UTF-8")
        : text;

    private static void CheckColumns(string path, string[] columns)
    {
        foreach (var column in columns)
        {
            Text(column, path, 1);
            if (columns.Count(x => x.Equals(column, StringComparison.OrdinalIgnoreCase)) > 1)
                throw new FormatException($"'{path}', line 1: column '{column}' is there twice; names are the same without regard to case");
            if (columns.FirstOrDefault(x => x.StartsWith(column + ".", StringComparison.OrdinalIgnoreCase)) is { } part)
                throw new FormatException($"'{path}', line 1: column '{column}' is the whole of column '{part}'; keep one of them");
        }
    }

    // An empty cell takes away what the user has there.
    private static void Set(JsonObject user, string column, string cell, string place)
    {
        var value = cell.Length == 0 ? null : cell;
        var dot = column.IndexOf('.', StringComparison.Ordinal);
        if (StandardSchemas.EnterpriseUser.Find(column) is { Type: ScimType.Text } ofEnterprise)
            Child(user, ScimSchemas.EnterpriseUser)[ofEnterprise.Name] = value;
        else if (StandardSchemas.User.Find(column) is { IsList: true, HasValue: true })
            user[column] = value is null ? null : new JsonArray([.. value.Split(';', Separated).Select(x => new JsonObject { ["value"] = x })]);
        else if (column.Equals("active", StringComparison.OrdinalIgnoreCase))
            user["active"] = value is null ? null : bool.TryParse(value, out var active) ? active : throw new FormatException($"{place}: 'active' is '{value}'; it must be true or false");
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
