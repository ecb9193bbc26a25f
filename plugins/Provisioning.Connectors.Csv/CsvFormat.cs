using System.Text;

namespace Provisioning.Connectors.Csv;

/// <summary>Reads and writes RFC 4180 text. Reading is strict: what is unclear must never be overwritten later.</summary>
internal sealed class CsvFormat(char delimiter, bool escapeFormulas)
{
    /// <summary>All records with the line they start on; blank lines are left out.</summary>
    public IEnumerable<(int Line, List<string> Fields)> Read(string text, string path)
    {
        var position = 0;
        var line = 1;
        while (position < text.Length)
        {
            var start = line;
            var fields = new List<string>();
            bool more;
            do
            {
                fields.Add(Unescape(ReadField(text, path, ref position, ref line)));
                more = position < text.Length && text[position] == delimiter;
                if (more)
                    position++;
            }
            while (more);

            EndLine(text, ref position, ref line);
            if (fields.Count > 1 || fields[0].Length > 0)
                yield return (start, fields);
        }
    }

    public char Delimiter => delimiter;

    /// <summary>Writes one record.</summary>
    public void Write(TextWriter writer, IEnumerable<string> fields, string newLine)
    {
        var first = true;
        foreach (var field in fields)
        {
            if (!first)
                writer.Write(delimiter);
            first = false;
            var text = Escape(field);
            if (text.AsSpan().IndexOfAny('"', '\r', '\n') >= 0 || text.Contains(delimiter)
                || (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))))
                writer.Write($"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            else
                writer.Write(text);
        }

        writer.Write(newLine);
    }

    private static void EndLine(string text, ref int position, ref int line)
    {
        if (position < text.Length && text[position] == '\r')
            position++;
        if (position < text.Length && text[position] == '\n')
            position++;
        line++;
    }

    private string ReadField(string text, string path, ref int position, ref int line)
    {
        var begin = position;
        if (position >= text.Length || text[position] != '"')
        {
            while (position < text.Length && text[position] != delimiter && text[position] is not ('\r' or '\n'))
            {
                if (text[position] == '"')
                    throw BrokenQuote(path, line, "a quote inside an unquoted field", text.AsSpan(begin));
                position++;
            }

            return text[begin..position];
        }

        var opened = line;
        var value = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            var c = text[position];
            if (c == '"')
            {
                position++;
                if (position >= text.Length || text[position] != '"')
                {
                    if (position < text.Length && text[position] != delimiter && text[position] is not ('\r' or '\n'))
                        throw BrokenQuote(path, line, "text after a closing quote", text.AsSpan(position));
                    return value.ToString();
                }
            }
            else if (c == '\n')
            {
                line++;
            }

            value.Append(c);
        }

        throw BrokenQuote(path, opened, "a quote that is never closed", text.AsSpan(begin));
    }

    private static ConnectorException BrokenQuote(string path, int line, string fault, ReadOnlySpan<char> from) => BrokenFile.On(
        path, line, $"{fault}, at '{BrokenFile.Cut(from[..Math.Min(from.Length, 200)].ToString())}',",
        "put the field in quotes and write each quote inside it twice");

    // A value that already looks escaped gets one more apostrophe, so that reading always takes off exactly one.
    private string Escape(string value) => escapeFormulas && IsFormula(value) ? "'" + value : value;

    private string Unescape(string value) =>
        escapeFormulas && value.Length > 1 && value[0] == '\'' && IsFormula(value) ? value[1..] : value;

    private static bool IsFormula(string value)
    {
        var rest = value.AsSpan().TrimStart('\'');
        return rest.Length > 0 && rest[0] is ('=' or '+' or '-' or '@' or '\t' or '\r');
    }
}
