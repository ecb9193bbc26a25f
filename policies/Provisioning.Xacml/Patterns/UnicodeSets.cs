using System.Collections.Frozen;
using System.Globalization;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>The sets of characters that patterns name (XML Schema part 2, F.1.1). Each is computed when it is first asked for.</summary>
internal static class UnicodeSets
{
    // In the order of UnicodeCategory; patterns cannot name surrogates, which are no characters.
    private const string Categories = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Cn";

    private static readonly Lazy<FrozenDictionary<string, CodePoints>> ByCategory = new(FindCategories);
    private static readonly Lazy<FrozenDictionary<string, CodePoints>> ByBlock = new(ReadBlocks);
    private static readonly Lazy<CodePoints> Starts = new(() => CodePoints.Where(one => one == ':' || (one <= char.MaxValue && XmlConvert.IsStartNCNameChar((char)one))));
    private static readonly Lazy<CodePoints> Parts = new(() => CodePoints.Where(one => one == ':' || (one <= char.MaxValue && XmlConvert.IsNCNameChar((char)one))));

    /// <summary>What starts names (\i): letters and ideographs of XML 1.0, underscore and colon.</summary>
    public static CodePoints NameStart => Starts.Value;

    /// <summary>What names are made of (\c).</summary>
    public static CodePoints NamePart => Parts.Value;

    /// <summary>White space (\s).</summary>
    public static CodePoints Space { get; } = CodePoints.Of('\t', '\n', '\r', ' ');

    /// <summary>What is neither punctuation nor separator nor other (\w).</summary>
    public static CodePoints Word => Category("L") | Category("M") | Category("N") | Category("S");

    /// <summary>Whether a category, such as Lu, or a group of them, such as L, has that name.</summary>
    public static bool IsCategory(string name) => name.Length switch
    {
        1 => Array.Exists(Names, one => one[0] == name[0]),
        2 => name != "Cs" && Names.Contains(name),
        _ => false,
    };

    public static CodePoints Category(string name) => ByCategory.Value[name];

    /// <summary>A block, such as BasicLatin; null if there is none of that name.</summary>
    public static CodePoints? Block(string name) => ByBlock.Value.GetValueOrDefault(name);

    private static string[] Names { get; } = Categories.Split(' ');

    private static FrozenDictionary<string, CodePoints> FindCategories()
    {
        var edges = new List<(int First, int Last)>[Names.Length];
        for (var i = 0; i < edges.Length; i++) edges[i] = [];
        var start = 0;
        var current = CharUnicodeInfo.GetUnicodeCategory(0);
        for (var at = 1; at <= CodePoints.End; at++)
        {
            if (at < CodePoints.End && CharUnicodeInfo.GetUnicodeCategory(at) is var next && next == current) continue;
            edges[(int)current].Add((start, at - 1));
            start = at;
            if (at < CodePoints.End) current = CharUnicodeInfo.GetUnicodeCategory(at);
        }

        var sets = Names.Select((name, i) => (Name: name, Set: CodePoints.Of(edges[i]))).Where(one => one.Name != "Cs").ToList();
        return sets.Concat(sets.GroupBy(one => one.Name[..1]).Select(group => (Name: group.Key, Set: group.Aggregate(CodePoints.None, (all, one) => all | one.Set))))
            .ToFrozenDictionary(one => one.Name, one => one.Set, StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, CodePoints> ReadBlocks()
    {
        using var reader = new StreamReader(typeof(UnicodeSets).Assembly.GetManifestResourceStream("UnicodeBlocks.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split('\t'))
            .GroupBy(row => row[0], row => CodePoints.Range(Number(row[1]), Number(row[2])))
            .ToFrozenDictionary(block => block.Key, block => block.Aggregate((all, one) => all | one), StringComparer.Ordinal);
    }

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
