using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>Reads a regular expression that is known to be one.</summary>
internal sealed class PatternReader(string pattern)
{
    private const int MaxLength = 1000;
    private const int MaxDepth = 50;
    private int _at;
    private int _depth;

    /// <summary>Reads a pattern; null if it is too large to be looked into.</summary>
    public static PatternNode? Read(string pattern)
    {
        var reader = new PatternReader(pattern);
        var node = pattern.Length <= MaxLength ? reader.Alternatives() : null;
        return reader._depth > MaxDepth ? null : node;
    }

    private bool AtEnd => _at >= pattern.Length;

    private PatternNode Alternatives()
    {
        List<PatternNode> all = [Sequence()];
        while (Take('|')) all.Add(Sequence());
        return all is [var only] ? only : new EitherOf(all);
    }

    private PatternNode Sequence()
    {
        var items = new List<PatternNode>();
        while (!AtEnd && pattern[_at] is not ('|' or ')')) items.Add(Quantified(Atom()));
        return items is [var only] ? only : new InOrder(items);
    }

    private PatternNode Atom()
    {
        var c = pattern[_at++];
        switch (c)
        {
            case '(':
                if (Take('?')) Take(':');
                return Group();
            case '[': return new OneOf(Class());
            case '.': return new OneOf(CharacterSet.All);
            case '^' or '$': return new InOrder([]);
            case '\\': return new OneOf(Escape());
            default: return new OneOf(CharacterSet.Of(c));
        }
    }

    private PatternNode Group()
    {
        // The depth is not taken back behind the limit, so that the reader's caller sees it.
        if (++_depth > MaxDepth)
        {
            _at = pattern.Length;
            return new InOrder([]);
        }

        var group = Alternatives();
        Take(')');
        if (_depth <= MaxDepth) _depth--;
        return group;
    }

    private PatternNode Quantified(PatternNode item)
    {
        var (least, most) = (1, (int?)1);
        if (Take('*')) (least, most) = (0, null);
        else if (Take('+')) (least, most) = (1, null);
        else if (Take('?')) (least, most) = (0, 1);
        else if (!TryBounds(ref least, ref most)) return item;
        // Reluctant ones are as slow.
        Take('?');
        return new Repeated(item, least, most);
    }

    // A brace that holds no numbers stands for itself.
    private bool TryBounds(ref int least, ref int? most)
    {
        if (AtEnd || pattern[_at] != '{') return false;
        var end = pattern.IndexOf('}', _at);
        var parts = end < 0 ? [] : pattern[(_at + 1)..end].Split(',');
        if (parts is not ([_] or [_, _]) || Number(parts[0]) is not { } number || (parts is [_, var upper] && upper.Length > 0 && Number(upper) is null)) return false;
        _at = end + 1;
        (least, most) = (number, parts.Length == 1 ? number : Number(parts[1]));
        return true;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private CharacterSet Class()
    {
        var isNegative = Take('^');
        var set = default(CharacterSet);
        for (var isFirst = true; !AtEnd && (isFirst || pattern[_at] != ']'); isFirst = false)
        {
            var c = pattern[_at++];
            if (c == '\\') set |= Escape();
            // What is taken out again by a class within does not matter much.
            else if (c == '[') Class();
            else if (_at + 1 < pattern.Length && pattern[_at] == '-' && pattern[_at + 1] is not (']' or '[' or '\\') && pattern[_at + 1] >= c)
            {
                set |= CharacterSet.Range(c, pattern[_at + 1]);
                _at += 2;
            }
            else set |= CharacterSet.Of(c);
        }

        Take(']');
        return isNegative ? set.Complement : set;
    }

    private CharacterSet Escape()
    {
        if (AtEnd) return default;
        var c = pattern[_at++];
        switch (c)
        {
            case 'd': return CharacterSet.Digits;
            case 'D': return CharacterSet.Digits.Complement;
            case 's': return CharacterSet.Space;
            case 'S': return CharacterSet.Space.Complement;
            case 'w' or 'i' or 'c': return CharacterSet.Word;
            case 'W' or 'I' or 'C': return CharacterSet.Word.Complement;
            case 'n': return CharacterSet.Of('\n');
            case 'r': return CharacterSet.Of('\r');
            case 't': return CharacterSet.Of('\t');
            case 'p' or 'P':
                var end = pattern.IndexOf('}', _at);
                _at = end < 0 ? pattern.Length : end + 1;
                return CharacterSet.All;
            default: return CharacterSet.Of(c);
        }
    }

    private bool Take(char expected)
    {
        if (AtEnd || pattern[_at] != expected) return false;
        _at++;
        return true;
    }
}
