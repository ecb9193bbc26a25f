using System.Globalization;
using System.Text.RegularExpressions;

namespace Provisioning.Xacml;

/// <summary>A regular expression of XPath, ready to run: unanchored and on code points. The engine does not backtrack, so no pattern can hang a
/// decision. Only a pattern with back-references needs backtracking, and a limit of time stops it. Text with characters beyond the basic plane
/// is rare, and another engine matches it.</summary>
internal sealed class XPathPattern
{
    private const int MaxLength = 10_000;
    private const int MaxSize = 5_000;
    private const int MaxNetLength = 200_000;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);
    private readonly Regex _regex;
    private readonly Lazy<Func<string, Result<bool>>> _wide;

    private XPathPattern(PatternNode node, Regex regex, bool looksBack)
    {
        _regex = regex;
        _wide = new(() => looksBack ? Pairs(node) : new PatternProgram(node).IsMatch);
    }

    /// <summary>Reads a pattern, or says why it is none or too large.</summary>
    public static Result<XPathPattern> Of(string pattern)
    {
        if (pattern.Length > MaxLength) return Failure.Limit(string.Create(CultureInfo.InvariantCulture, $"a pattern has more than {MaxLength} characters, which is the limit"));
        var (node, fault) = PatternParser.Parse(pattern);
        if (node is null) return Failure.Processing($"{Quoted.Of(pattern)} is not a pattern of XML Schema: it {fault}");
        if (node.Size > MaxSize) return Failure.Limit(string.Create(CultureInfo.InvariantCulture, $"the repetitions of pattern {Quoted.Of(pattern)} come to more than {MaxSize} characters, which is the limit"));
        var looksBack = node.Parts.Any(part => part is BackReference);
        return Compile(node, isWide: false, looksBack) is { } regex ? new XPathPattern(node, regex, looksBack)
            : Failure.Limit($"the pattern {Quoted.Of(pattern)} is larger than the limit allows");
    }

    /// <summary>Whether a part of the text matches.</summary>
    public Result<bool> IsMatch(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? _wide.Value(text) : IsMatch(_regex, text);

    private static Func<string, Result<bool>> Pairs(PatternNode node) => Compile(node, isWide: true, looksBack: true) is { } regex
        ? text => IsMatch(regex, text)
        : _ => Failure.Limit("the classes of the pattern hold more than the limit allows");

    private static Result<bool> IsMatch(Regex regex, string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return Failure.Limit("the pattern needs more time than the limit of a second");
        }
    }

    private static Regex? Compile(PatternNode node, bool isWide, bool looksBack)
    {
        var net = PatternWriter.Write(node, isWide, MaxNetLength);
        if (net is null) return null;
        try
        {
            return new Regex(net, (looksBack ? RegexOptions.None : RegexOptions.NonBacktracking) | RegexOptions.CultureInvariant, MaxTime);
        }
        catch (NotSupportedException)
        {
            // It has a limit of its own.
            return null;
        }
    }
}
