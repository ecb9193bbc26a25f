using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Recursive descent over the grammar of RFC 7644, figure 1. Bounded in length and depth: the text comes from outside.</summary>
internal sealed class FilterParser
{
    private static readonly HashSet<string> Operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];

    private readonly string _text;
    private readonly string _scimType;
    private int _at;
    private int _depth;

    public FilterParser(string text, string scimType)
    {
        _text = text;
        _scimType = scimType;
        if (text.Length > ScimFilter.MaxLength) throw Error($"longer than {ScimFilter.MaxLength} characters");
    }

    public ScimFilter ParseFilterOnly()
    {
        var root = Or();
        ExpectEnd();
        return new ScimFilter(root);
    }

    public ScimPath ParsePathOnly()
    {
        SkipSpace();
        var path = Path();
        ExpectEnd();
        return path;
    }

    private FilterNode Or() => Chain("or", all: false, () => Chain("and", all: true, Unary));

    private FilterNode Chain(string word, bool all, Func<FilterNode> operand)
    {
        var parts = new List<FilterNode> { operand() };
        while (TakeWord(word)) parts.Add(operand());
        return parts.Count == 1 ? parts[0] : new GroupNode(all, parts);
    }

    private FilterNode Unary()
    {
        SkipSpace();
        if (Take('(')) return Nested(')');
        var start = _at;
        if (TakeWord("not"))
        {
            SkipSpace();
            if (Take('(')) return new NotNode(Nested(')'));
            _at = start;
        }
        return Expression();
    }

    private FilterNode Nested(char close)
    {
        if (++_depth > ScimFilter.MaxDepth) throw Error($"nested deeper than {ScimFilter.MaxDepth}");
        var inner = Or();
        SkipSpace();
        if (!Take(close)) throw Error($"expected '{close}'");
        _depth--;
        return inner;
    }

    private FilterNode Expression()
    {
        var path = Path();
        SkipSpace();
        var start = _at;
        var word = Word().ToLowerInvariant();
        if (word == "pr") return new PresentNode(path);
        if (Operators.Contains(word)) return Comparison(path, word);
        _at = start;
        return path is { Filter: not null, SubAttribute: null } ? new PresentNode(path) : throw Error("expected an operator");
    }

    private ComparisonNode Comparison(ScimPath path, string op)
    {
        SkipSpace();
        var literal = Literal();
        var needsText = op is "co" or "sw" or "ew";
        var unordered = literal?.GetValueKind() is null or JsonValueKind.True or JsonValueKind.False;
        if ((needsText && literal?.GetValueKind() != JsonValueKind.String) || (unordered && op is not ("eq" or "ne")))
            throw Error($"'{op}' cannot compare with this value");
        return new ComparisonNode(path, op, literal);
    }

    private ScimPath Path()
    {
        var (schema, name) = ScimPath.SplitUrn(Name(allowUrn: true, out var sub));
        ScimFilter? filter = null;
        if (name is not null && sub is null && Take('['))
        {
            filter = new ScimFilter(Nested(']'));
            if (Take('.')) Name(allowUrn: false, out sub, subOnly: true);
        }
        if (schema is null && name is null) throw Error("a core schema is not an attribute");
        return new ScimPath(schema, name, filter, sub);
    }

    // A name with an optional URN before it. The dots of a URN ("2.0") end at its last colon; a dot after that starts the sub-attribute.
    private string Name(bool allowUrn, out string? sub, bool subOnly = false)
    {
        var start = _at;
        while (_at < _text.Length && IsNameChar(_text[_at])) _at++;
        var text = _text[start.._at];
        sub = null;
        var dot = text.IndexOf('.', text.LastIndexOf(':') + 1);
        var wholeUrn = dot >= 0 && char.IsAsciiDigit(text[text.LastIndexOf(':') + 1 < text.Length ? text.LastIndexOf(':') + 1 : 0]);
        if (dot >= 0 && !wholeUrn)
        {
            sub = text[(dot + 1)..];
            text = text[..dot];
        }
        var isUrn = text.Contains(':');
        var valid = text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '$') && (!isUrn || (allowUrn && IsUrn(text)))
            && (sub is null || (sub.Length > 0 && !sub.Contains('.') && (char.IsAsciiLetter(sub[0]) || sub[0] == '$')));
        if (!valid) throw Error("expected an attribute name", start);
        if (subOnly) (sub, text) = (sub is null ? text : throw Error("expected one sub-attribute", start), "");
        return text;
    }

    private static bool IsUrn(string text) => text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && !text.EndsWith(':');

    private static bool IsNameChar(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '.' or '$';

    private JsonNode? Literal()
    {
        var start = _at;
        if (_at < _text.Length && _text[_at] == '"')
        {
            for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
                if (_text[_at] == '\\') _at++;
            if (_at >= _text.Length) throw Error("the text has no closing quote", start);
            _at++;
        }
        else
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '+' or '.')) _at++;
        }
        var token = _text[start.._at];
        if (token.Equals("null", StringComparison.OrdinalIgnoreCase)) return null;
        if (bool.TryParse(token, out var flag)) return JsonValue.Create(flag);
        try
        {
            var value = token.Length > 0 ? JsonNode.Parse(token) : throw Error("expected a value", start);
            // Read at once: escapes of half a surrogate pair fail only then.
            return value?.GetValueKind() == JsonValueKind.String ? JsonValue.Create(value.GetValue<string>()) : value;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Error($"'{token}' is not a value", start);
        }
    }

    private bool TakeWord(string word)
    {
        var start = _at;
        SkipSpace();
        if (Word().Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        _at = start;
        return false;
    }

    private string Word()
    {
        var start = _at;
        while (_at < _text.Length && IsNameChar(_text[_at])) _at++;
        return _text[start.._at];
    }

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] == ' ') _at++;
    }

    private void ExpectEnd()
    {
        SkipSpace();
        if (_at < _text.Length) throw Error("unexpected text");
    }

    private ScimException Error(string reason, int? at = null)
    {
        var shown = _text.Length <= 200 ? _text : _text[..200] + "…";
        return new ScimException(400, _scimType, $"{reason} at position {(at ?? _at) + 1} of '{shown}'");
    }
}
