using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Core.Mapping;

/// <summary>Reads target paths.</summary>
internal sealed partial class TargetPathReader
{
    private const string CoreUser = "urn:ietf:params:scim:schemas:core:2.0:User";

    private readonly string _text;
    private readonly List<TargetStep> _steps = [];
    private int _position;

    private TargetPathReader(string text) => _text = text;

    /// <exception cref="FormatException">The text is no path; the message says why.</exception>
    public static IReadOnlyList<TargetStep> Read(string text)
    {
        var reader = new TargetPathReader(text);
        if (text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && !reader.ReadSchema())
            return reader._steps;
        do
            reader.ReadPart();
        while (reader.ReadSeparator());
        if (reader._steps[^1].Entry is not null)
            throw new FormatException($"must name a part of the entry, as in '{text}.value'");
        return reader._steps;
    }

    // Dots and colons also stand inside a URN ("…:core:2.0:User"). It ends with the word behind its version, else at the last colon.
    private bool ReadSchema()
    {
        var versioned = VersionedSchema().Match(_text);
        var head = versioned.Success ? versioned.Value : Head().Match(_text).Value;
        var end = versioned.Success ? head.Length : head.LastIndexOf(':');
        if (end == "urn".Length)
            throw new FormatException($"'{_text}' names no attribute; write urn:…:User:attribute");
        var schema = _text[..end];
        _position = end;
        if (_position < _text.Length && _text[_position] is '.')
            throw new FormatException($"a colon belongs between '{schema}' and '{_text[(end + 1)..]}'");
        if (!schema.Equals(CoreUser, StringComparison.OrdinalIgnoreCase))
            _steps.Add(new TargetStep(schema));
        else if (_position == _text.Length)
            throw new FormatException($"'{schema}' names no attribute; write the attribute alone");
        if (_position == _text.Length)
            return false;
        if (_text[_position] == ':')
            _position++;
        return true;
    }

    private void ReadPart()
    {
        if (Peek() == '[')
        {
            _steps.Add(new TargetStep(ReadBracketed()));
            return;
        }

        var name = Peek() == '"' ? ReadQuoted() : ReadName();
        _steps.Add(Peek() == '[' && !IsBracketedName() ? new TargetStep(name, TargetEntryReader.Read(_text, ref _position)) : new TargetStep(name));
    }

    private bool ReadSeparator()
    {
        switch (Peek())
        {
            case '\0':
                return false;
            case '.':
                _position++;
                return true;
            case '[' when IsBracketedName():
                return true;
            default:
                throw new FormatException($"'{_text[_position..]}' does not belong behind '{_text[.._position]}'");
        }
    }

    private string ReadName()
    {
        var start = _position;
        while (Peek() is not ('\0' or '.' or '[' or ']' or '"'))
            _position++;
        var name = _text[start.._position];
        if (name.Length == 0 || name != name.Trim())
            throw new FormatException(start == 0 ? $"'{_text}' does not begin with a name" : $"behind '{_text[..start]}' a name is missing");
        return name;
    }

    private string ReadQuoted()
    {
        var quote = _text[_position];
        var end = _position + 1;
        while (end < _text.Length && _text[end] != quote)
            end += _text[end] == '\\' ? 2 : 1;
        if (end >= _text.Length)
            throw new FormatException($"the quote before '{_text[(_position + 1)..]}' is not closed");
        var name = Escape().Replace(_text[(_position + 1)..end], "$1");
        _position = end + 1;
        return name.Length > 0 ? name : throw new FormatException("a name must not be empty");
    }

    private string ReadBracketed()
    {
        if (!IsBracketedName())
            throw new FormatException($"'{_text[_position..]}' is no name; write [\"name\"]");
        _position++;
        var name = ReadQuoted();
        if (Peek() != ']')
            throw new FormatException($"the bracket before '{name}' is not closed");
        _position++;
        return name;
    }

    private bool IsBracketedName() => _position + 1 < _text.Length && _text[_position] == '[' && _text[_position + 1] is '"' or '\'';

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    [GeneratedRegex("""^urn:[^\[\]"\s]*?:[0-9]+(\.[0-9]+)+:[A-Za-z][A-Za-z0-9_-]*(?![A-Za-z0-9_-])""", RegexOptions.IgnoreCase)]
    private static partial Regex VersionedSchema();

    [GeneratedRegex("""^[^\["]*""")]
    private static partial Regex Head();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
