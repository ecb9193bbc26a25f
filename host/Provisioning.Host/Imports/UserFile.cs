using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Host.Inbound;
using Provisioning.Scim;
using Sylvan.Data.Csv;

namespace Provisioning.Host.Imports;

/// <summary>Reads users from CSV (columns are SCIM paths) or JSON Lines (a SCIM user a line), one at a time.</summary>
internal static class UserFile
{
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
        var columns = Columns(path, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
        while (Guarded(path, reader.RowNumber + 1, reader.Read))
        {
            var user = new JsonObject();
            var line = reader.RowNumber + 1;
            if (reader.RowFieldCount > columns.Length)
                throw new FormatException($"'{path}', line {line}: has {reader.RowFieldCount} cells, and there are {columns.Length} columns; a cell with a comma needs quotes");
            if (reader.RowFieldCount == 1 && reader.GetString(0).Length == 0)
                continue;

            // Cells that a row does not have are not empty ones: they take nothing away.
            for (var i = 0; i < reader.RowFieldCount; i++)
                Set(columns[i], user, Text(reader.GetString(i), path, line), path, line);
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

    private static void Set(ImportColumn column, JsonObject user, string cell, string path, int line)
    {
        try
        {
            column.Set(user, cell);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{path}', line {line}: {exception.Message}");
        }
    }

    // All that is wrong with the columns is said at once.
    private static ImportColumn[] Columns(string path, string[] headers)
    {
        var (columns, problems) = (new List<ImportColumn>(), new List<string>());
        foreach (var header in headers)
        {
            try
            {
                columns.Add(ImportColumn.Parse(Text(header, path, 1)));
            }
            catch (FormatException exception)
            {
                problems.Add($"'{path}', line 1: {exception.Message}");
            }

            if (headers.Count(x => x.Equals(header, StringComparison.OrdinalIgnoreCase)) > 1)
                problems.Add($"'{path}', line 1: column '{header}' is there twice; names are the same without regard to case");
        }

        if (problems.Count == 0 && columns.GroupBy(x => (x.Container, x.Name, x.Part)).FirstOrDefault(x => x.Count() > 1) is { } same)
            problems.Add($"'{path}', line 1: two columns are '{same.Key.Name}'");
        if (problems.Count == 0 && !columns.Exists(x => x is { Container: null, Name: "userName" }))
            problems.Add($"'{path}', line 1: there is no column 'userName'");
        return problems.Count == 0 ? [.. columns] : throw new FormatException(string.Join(Environment.NewLine, problems.Distinct()));
    }
}
