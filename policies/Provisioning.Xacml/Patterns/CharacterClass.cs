using System.Globalization;
using System.Text;

namespace Provisioning.Xacml;

/// <summary>A part of a character class: the characters of .NET's classes that it stands for, and, where they are needed, its code points.</summary>
/// <param name="Net">How the characters of the basic plane are written within a class of .NET; "" if there are none.</param>
/// <param name="Set">All of its code points.</param>
internal readonly record struct ClassItem(string Net, Func<CodePoints> Set)
{
    public static ClassItem Of(CodePoints set) => new(NetOf(set), () => set);

    public static ClassItem Range(int first, int last) => Of(CodePoints.Range(first, last));

    /// <summary>The part of a set in the basic plane, in the spelling of .NET.</summary>
    public static string NetOf(CodePoints set)
    {
        var net = new StringBuilder();
        foreach (var (first, last) in set.Ranges)
        {
            if (first > char.MaxValue) break;
            net.Append(Character(first));
            if (last > first) net.Append('-').Append(Character(Math.Min(last, char.MaxValue)));
        }

        return net.ToString();
    }

    /// <summary>A character of the basic plane, in a spelling that means nothing else anywhere.</summary>
    public static string Character(int one) => char.IsAsciiLetterOrDigit((char)one) ? ((char)one).ToString() : string.Create(CultureInfo.InvariantCulture, $@"\u{one:X4}");
}

/// <summary>One character out of a set: what an atom of a pattern matches, unless it is a group.</summary>
/// <param name="source">How the pattern writes it; two of the same spelling are the same.</param>
/// <param name="items">Its parts.</param>
/// <param name="isNegative">Whether it matches all other characters.</param>
/// <param name="without">What is taken out again; null if nothing is.</param>
internal sealed class CharacterClass(string source, IReadOnlyList<ClassItem> items, bool isNegative = false, CharacterClass? without = null) : IEquatable<CharacterClass>
{
    // Within the basic plane, no character at all.
    private const string Never = @"[^\s\S]";
    private CodePoints? _set;
    private CharacterSet? _characters;

    private string Source => source;

    /// <summary>All code points that it matches.</summary>
    public CodePoints Set => _set ??= Compute();

    /// <summary>The characters of ASCII that it matches, and whether there are others.</summary>
    public CharacterSet Characters => _characters ??= CharacterSet.Of(Set);

    /// <summary>The class of .NET that matches the same characters of the basic plane, in text that has no others.</summary>
    public string Net
    {
        get
        {
            var inner = string.Concat(items.Select(item => item.Net));
            var (start, own) = (isNegative, inner) switch
            {
                (true, "") => ("[", @"\s\S"),
                (true, _) => ("[^", inner),
                (false, "") => ("", ""),
                (false, _) => ("[", inner),
            };
            return start.Length == 0 ? Never : $"{start}{own}{(without is null ? "" : "-" + without.Net)}]";
        }
    }

    public bool Equals(CharacterClass? other) => other is not null && other.Source == source;

    public override bool Equals(object? obj) => Equals(obj as CharacterClass);

    public override int GetHashCode() => string.GetHashCode(source, StringComparison.Ordinal);

    private CodePoints Compute()
    {
        var all = items.Aggregate(CodePoints.None, (set, item) => set | item.Set());
        if (isNegative) all = all.Complement;
        return without is null ? all : all - without.Set;
    }
}
