using System.Globalization;
using System.Text;

namespace Provisioning.Xacml;

/// <summary>Reads regular expressions of XML Schema (part 2, appendix F) with what XPath adds: anchors, reluctant quantifiers and back-references
/// (functions and operators, 7.6.1).</summary>
internal sealed class PatternParser
{
    private const int MaxDepth = 100;
    private const int MaxRepeats = 1_000_000;
    private readonly PatternText _text;
    private readonly ClassParser _classes;
    private readonly bool _hasReferences;

    // By number; null while a group is open.
    private readonly List<Captured?> _groups = [];
    private int _depth;

    private PatternParser(string pattern)
    {
        _text = new(pattern);
        _classes = new(_text);
        _hasReferences = HasReferences(pattern);
    }

    /// <summary>Reads a pattern, or says what is wrong with it.</summary>
    public static (PatternNode? Pattern, string? Fault) Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        var node = parser.Alternatives();
        if (!parser._text.AtEnd) parser._text.Fail("has a ')' without a '('");
        return parser._text.Fault is { } fault ? (null, fault) : (node, null);
    }

    // Groups are kept apart only where something refers to them; that costs, and hides what is in them.
    private static bool HasReferences(string pattern)
    {
        for (var i = 0; i + 1 < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && char.IsAsciiDigit(pattern[++i])) return true;
        }

        return false;
    }

    private PatternNode Alternatives()
    {
        List<PatternNode> all = [Sequence()];
        while (_text.Take('|')) all.Add(Sequence());
        return all is [var only] ? only : new EitherOf(all);
    }

    private PatternNode Sequence()
    {
        var items = new List<PatternNode>();
        while (!_text.AtEnd && _text.Next is not ('|' or ')')) items.Add(Quantified(Atom()));
        return items is [var only] ? only : new InOrder(items);
    }

    private PatternNode Atom()
    {
        switch (_text.Next)
        {
            case '(': return Group();
            case '\\' when char.IsAsciiDigit((char)Math.Max(0, _text.Second)): return Reference();
            case '^' or '$': return new Anchor(_text.Read() == '^');
            case '?' or '*' or '+':
                _text.Fail($"has nothing that '{(char)_text.Next}' could repeat");
                return new InOrder([]);
            case '{' or '}' or ']':
                _text.Fail($"must write '{(char)_text.Next}' as '\\{(char)_text.Next}' here");
                return new InOrder([]);
            default: return new OneOf(_classes.Atom());
        }
    }

    private PatternNode Group()
    {
        if (_text.Second == '?') _text.Fail("has a group that starts with '(?', which XPath 2.0 does not know");
        if (_depth == MaxDepth) _text.Fail(string.Create(CultureInfo.InvariantCulture, $"has groups deeper than {MaxDepth}, which is the limit"));
        if (!_text.Take('(')) return new InOrder([]);
        _depth++;
        _groups.Add(null);
        var number = _groups.Count;
        var item = Alternatives();
        _depth--;
        if (!_text.Take(')')) _text.Fail("has a '(' without a ')'");
        if (!_hasReferences) return item;
        return _groups[number - 1] = new(item, number);
    }

    // As many digits as there are groups to refer to.
    private PatternNode Reference()
    {
        _text.Read();
        var number = _text.Read() - '0';
        while (_text.Next is >= '0' and <= '9' && (number * 10) + _text.Next - '0' <= _groups.Count) number = (number * 10) + _text.Read() - '0';
        if (number > 0 && number <= _groups.Count && _groups[number - 1] is { } group) return new BackReference(group);
        _text.Fail(string.Create(CultureInfo.InvariantCulture, $"refers back to group {number}, which does not end before"));
        return new InOrder([]);
    }

    private PatternNode Quantified(PatternNode item)
    {
        var (least, most) = (1, (int?)1);
        if (_text.Take('*')) (least, most) = (0, null);
        else if (_text.Take('+')) (least, most) = (1, null);
        else if (_text.Take('?')) (least, most) = (0, 1);
        else if (_text.Next == '{') (least, most) = Bounds();
        else return item;
        return new Repeated(item, least, most, _text.Take('?'));
    }

    private (int Least, int? Most) Bounds()
    {
        _text.Take('{');
        var least = Number("a '{' without a number; write {0,n} for at most n times, and '\\{' for the character");
        int? most = least;
        if (_text.Take(',')) most = _text.Next == '}' ? null : Number("no number behind the comma of a quantifier");
        if (!_text.Take('}')) _text.Fail("has a quantifier without its '}'");
        if (most < least) _text.Fail("has a quantifier whose upper bound is below the lower one");
        return (least, most);
    }

    private int Number(string fault)
    {
        if (_text.Next is not (>= '0' and <= '9')) _text.Fail("has " + fault);
        var number = 0;
        // Larger ones are beyond the limit in any case.
        while (_text.Next is >= '0' and <= '9') number = Math.Min(MaxRepeats, (number * 10) + _text.Read() - '0');
        return number;
    }
}
