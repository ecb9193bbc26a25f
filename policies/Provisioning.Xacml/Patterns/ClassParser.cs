using System.Text;

namespace Provisioning.Xacml;

/// <summary>Reads the atoms of patterns that match one character: characters, escapes, and classes in brackets.</summary>
internal sealed class ClassParser(PatternText text)
{
    private const int MaxDepth = 20;
    private static readonly CharacterClass Nothing = new("", []);
    private int _depth;

    /// <summary>The character, escape or class that comes next.</summary>
    public CharacterClass Atom()
    {
        var start = text.Position;
        switch (text.Next)
        {
            case '[':
                text.Take('[');
                return Class(start);
            case '.':
                text.Take('.');
                return new(".", [ClassItem.Of(CodePoints.Of('\n'))], isNegative: true);
            case '\\':
                var escape = ClassEscapes.Read(text);
                return new(text.Since(start), [escape.Item]);
            default:
                var one = text.Read();
                return new(text.Since(start), [ClassItem.Range(one, one)]);
        }
    }

    private CharacterClass Class(int start)
    {
        if (++_depth > MaxDepth) text.Fail("has classes within classes deeper than the limit");
        var isNegative = text.Take('^');
        var items = new List<ClassItem>();
        CharacterClass? without = null;
        while (text.Next != ']' && without is null)
        {
            if (text.AtEnd)
            {
                text.Fail("has a '[' without a ']'");
                return Nothing;
            }

            if (text.Next == '-' && text.Second == '[' && items.Count > 0) without = Subtracted();
            else items.Add(Item(isFirst: items.Count == 0));
        }

        if (!text.Take(']')) text.Fail(text.AtEnd ? "has a '[' without a ']'" : "has something behind what is taken out of a class");
        if (items.Count == 0) text.Fail("has a class without characters; write ']' in it as '\\]'");
        _depth--;
        return new(text.Since(start), items, isNegative, without);
    }

    private CharacterClass Subtracted()
    {
        text.Take('-');
        var start = text.Position;
        text.Take('[');
        return Class(start);
    }

    private ClassItem Item(bool isFirst)
    {
        if (text.Next == '-')
        {
            // It stands for itself where it cannot be a range: first, last, and before what is taken out.
            if (!isFirst && text.Second != ']' && !(text.Second == '-' && text.Third == '[')) text.Fail("must write '-' as '\\-' in the middle of a class");
            text.Take('-');
            return ClassItem.Range('-', '-');
        }

        if (Single() is not { } first) return _many;
        if (text.Next != '-' || text.Second is ']' or '[' || (text.Second == '-' && text.Third == '[')) return ClassItem.Range(first, first);
        text.Take('-');
        if (text.Next == '-') text.Fail("must write '-' as '\\-' at the end of a range");
        var last = Single();
        if (last is null) text.Fail("has a range that ends with an escape for several characters");
        else if (last < first) text.Fail($"has the range {new Rune(Math.Max(0, first))}-{new Rune(Math.Max(0, last.Value))}, which is in the wrong order");
        return ClassItem.Range(first, Math.Max(first, last ?? first));
    }

    // What an escape for several characters stands for, when Single answers null.
    private ClassItem _many;

    private int? Single()
    {
        switch (text.Next)
        {
            case '[':
                text.Fail("must write '[' as '\\[' in a class; to take characters out of a class, write [a-z-[b]]");
                return 0;
            case PatternText.None: return 0;
            case '\\':
                var (item, single) = ClassEscapes.Read(text);
                _many = item;
                return single;
            default: return text.Read();
        }
    }
}
