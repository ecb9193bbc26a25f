using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>A recursive descent over the filter grammar. Length and depth are bounded because filters come from strangers.</summary>
internal sealed class FilterParser
{
    private const int MaximumLength = 8 * 1024;
    private const int MaximumDepth = 50;

    private readonly string _text;
    private readonly string? _parent;
    private int _position;
    private int _depth;
    private bool _insideElement;

    private string? _elementParent;

    private FilterParser(string text, string? parent)
    {
        (_text, _parent, _elementParent) = (text, parent, parent);
        _insideElement = parent is not null;
    }

    /// <summary>Parses a filter, or the inside of the brackets behind <paramref name="parent"/>.</summary>
    public static FilterNode Parse(string text, string? parent)
    {
        if (text.Length > MaximumLength)
            throw Invalid($"the filter is longer than {MaximumLength} characters");
        if (!IsUnicode(text))
            throw Invalid("the filter is no Unicode text: it has half of a character");
        var parser = new FilterParser(text, parent);
        var node = parser.Or();
        parser.SkipSpace();
        return parser._position == text.Length ? node : throw parser.Unexpected();
    }

    private FilterNode Or()
    {
        var left = And();
        while (Keyword("or"))
            left = new OrNode(left, And());
        return left;
    }

    private FilterNode And()
    {
        var left = Term();
        while (Keyword("and"))
            left = new AndNode(left, Term());
        return left;
    }

    private FilterNode Term()
    {
        SkipSpace();
        if (Peek() == '(')
            return Group();
        var start = _position;
        var word = Word();
        if (word.Equals("not", StringComparison.OrdinalIgnoreCase))
        {
            SkipSpace();
            if (Peek() == '(')
                return new NotNode(Group());
        }

        var path = AttributePath.TryParse(word);
        if (path is null)
        {
            _position = start;
            throw Unexpected();
        }

        return Peek() == '[' ? Element(path) : Comparison(path);
    }

    private FilterNode Group()
    {
        Enter();
        _position++;
        var inner = Or();
        Expect(')');
        _depth--;
        return inner;
    }

    private ElementNode Element(AttributePath path)
    {
        if (_insideElement)
            throw Invalid("a value filter cannot contain another one");
        Enter();
        (_insideElement, _elementParent) = (true, path.Name);
        _position++;
        var inner = Or();
        Expect(']');
        if (Peek() == '.')
            inner = new AndNode(inner, Part());
        (_insideElement, _elementParent) = (false, _parent);
        _depth--;
        return new ElementNode(path, inner);
    }

    // emails[type eq "work"].value eq "x" is outside the grammar, and the only form in which Entra asks for it: the part belongs to the same element.
    private FilterNode Part()
    {
        var start = _position++;
        if (AttributePath.TryParse(Word()) is { Sub: null } part)
            return Comparison(part);
        _position = start;
        throw Unexpected();
    }

    private FilterNode Comparison(AttributePath path)
    {
        SkipSpace();
        var start = _position;
        var word = Word();
        if (word.Equals("pr", StringComparison.OrdinalIgnoreCase))
            return new PresentNode(path);
        CompareOperator? found = word.ToLowerInvariant() switch
        {
            "eq" => CompareOperator.Eq,
            "ne" => CompareOperator.Ne,
            "co" => CompareOperator.Co,
            "sw" => CompareOperator.Sw,
            "ew" => CompareOperator.Ew,
            "gt" => CompareOperator.Gt,
            "ge" => CompareOperator.Ge,
            "lt" => CompareOperator.Lt,
            "le" => CompareOperator.Le,
            _ => null,
        };
        if (found is not { } comparison)
        {
            _position = start;
            throw Unexpected();
        }

        SkipSpace();
        var literal = Literal();
        var orders = comparison is not (CompareOperator.Eq or CompareOperator.Ne);
        if (orders && (literal is null || literal.GetValueKind() is JsonValueKind.True or JsonValueKind.False))
            throw Invalid($"{word} cannot compare with a boolean or null");
        return new CompareNode(path, comparison, literal, _elementParent);
    }

    private JsonValue? Literal()
    {
        if (Peek() == '"')
            return JsonValue.Create(QuotedText());
        var start = _position;
        var word = Word();
        switch (word.ToLowerInvariant())
        {
            case "true": return JsonValue.Create(true);
            case "false": return JsonValue.Create(false);
            case "null": return null;
        }

        if (decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return JsonValue.Create(number);
        _position = start;
        return word.Length > 0 ? JsonValue.Create(BareText()) : throw Unexpected();
    }

    // Some clients leave the quotes out around words and dates.
    private string BareText()
    {
        var start = _position;
        while (_position < _text.Length && _text[_position] is not (' ' or '\t' or ')' or ']' or '"'))
            _position++;
        return _text[start.._position];
    }

    private string QuotedText()
    {
        var start = _position++;
        while (_position < _text.Length && _text[_position] != '"')
            _position += _text[_position] == '\\' ? 2 : 1;
        if (_position >= _text.Length)
            throw Invalid("a string has no closing quote");
        _position++;
        try
        {
            return JsonNode.Parse(_text[start.._position])!.GetValue<string>();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Invalid($"the string at position {start} is not a JSON string, or has half of a character");
        }
    }

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i]))
                return false;
        }

        return true;
    }

    private string Word()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] is ':' or '.' or '_' or '-' or '$' or '+'))
            _position++;
        return _text[start.._position];
    }

    private bool Keyword(string keyword)
    {
        SkipSpace();
        var start = _position;
        if (Word().Equals(keyword, StringComparison.OrdinalIgnoreCase))
            return true;
        _position = start;
        return false;
    }

    private void Expect(char c)
    {
        SkipSpace();
        if (Peek() != c)
            throw Unexpected();
        _position++;
    }

    private void Enter()
    {
        if (++_depth > MaximumDepth)
            throw Invalid($"the filter is nested deeper than {MaximumDepth}");
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t')
            _position++;
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private ScimException Unexpected() => _position >= _text.Length
        ? Invalid("the filter ends too early")
        : Invalid($"the filter has an unexpected '{_text[_position]}' at position {_position}");

    private static ScimException Invalid(string detail) => new(400, "invalidFilter", detail);
}
