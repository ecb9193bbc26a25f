namespace Provisioning.Xacml;

/// <summary>Reads what begins with a backslash (XML Schema part 2, F.1.1).</summary>
internal static class ClassEscapes
{
    // What stands for itself behind a backslash; XPath adds the dollar sign.
    private const string Themselves = "\\|.?*+(){}-[]^$";

    /// <summary>The escape that comes next, and its character if it stands for one alone.</summary>
    public static (ClassItem Item, int? Single) Read(PatternText text)
    {
        text.Take('\\');
        if (text.AtEnd) text.Fail("ends with a backslash");
        var c = text.Read();
        switch (c)
        {
            case 'n': return Single('\n');
            case 'r': return Single('\r');
            case 't': return Single('\t');
            case 's': return (ClassItem.Of(UnicodeSets.Space), null);
            case 'S': return (ClassItem.Of(UnicodeSets.Space.Complement), null);
            case 'd': return (new(@"\p{Nd}", static () => UnicodeSets.Category("Nd")), null);
            case 'D': return (new(@"\P{Nd}", static () => UnicodeSets.Category("Nd").Complement), null);
            case 'w': return (new(@"\p{L}\p{M}\p{N}\p{S}", static () => UnicodeSets.Word), null);
            case 'W': return (new(@"\p{P}\p{Z}\p{C}", static () => UnicodeSets.Word.Complement), null);
            case 'i': return (ClassItem.Of(UnicodeSets.NameStart), null);
            case 'I': return (ClassItem.Of(UnicodeSets.NameStart.Complement), null);
            case 'c': return (ClassItem.Of(UnicodeSets.NamePart), null);
            case 'C': return (ClassItem.Of(UnicodeSets.NamePart.Complement), null);
            case 'p' or 'P': return (Property(text, isNegative: c == 'P'), null);
            case >= 0 when c < 128 && Themselves.Contains((char)c, StringComparison.Ordinal): return Single(c);
            default:
                text.Fail($"has the escape '\\{(c is > ' ' and < 127 ? ((char)c).ToString() : "")}', which XML Schema does not know{Hint(c)}");
                return Single(0);
        }
    }

    private static (ClassItem Item, int? Single) Single(int one) => (ClassItem.Range(one, one), one);

    private static string Hint(int escape) => escape switch
    {
        'b' or 'B' => "; XML Schema has no word boundaries",
        'A' or 'G' => "; write '^' for the start of the text",
        'Z' or 'z' => "; write '$' for the end of the text",
        'x' or 'u' or 'U' => "; write the character itself, or as XML does, such as &#x61;",
        >= '0' and <= '9' => " in a class",
        _ => "",
    };

    private static ClassItem Property(PatternText text, bool isNegative)
    {
        if (!text.Take('{')) text.Fail("has a '\\p' without '{'");
        var start = text.Position;
        while (!text.AtEnd && text.Next != '}') text.Read();
        var name = text.Since(start);
        if (!text.Take('}')) text.Fail("has a '\\p{' without '}'");
        if (UnicodeSets.IsCategory(name)) return new($@"\{(isNegative ? 'P' : 'p')}{{{name}}}", () => Of(UnicodeSets.Category(name), isNegative));
        if (name.StartsWith("Is", StringComparison.Ordinal) && UnicodeSets.Block(name[2..]) is { } block) return ClassItem.Of(Of(block, isNegative));
        text.Fail($"names '{name}', which is neither a category such as Lu nor a block such as IsBasicLatin");
        return ClassItem.Range(0, 0);
    }

    private static CodePoints Of(CodePoints set, bool isNegative) => isNegative ? set.Complement : set;
}
