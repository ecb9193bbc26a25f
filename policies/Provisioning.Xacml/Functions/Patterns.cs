using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Provisioning.Xacml;

/// <summary>Regular expressions of regexp-match: unanchored, and without backtracking, so that no pattern can hang a decision.</summary>
internal static class Patterns
{
    // Patterns are nearly always constants of policies; caps keep those that come out of requests from piling up or being huge.
    private const int MaxKept = 1000;
    private const int MaxLength = 10_000;
    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    public static Result<Regex> Get(string pattern)
    {
        if (Known.TryGetValue(pattern, out var known)) return known;
        if (pattern.Length > MaxLength) return Failure.Limit($"a pattern of more than {MaxLength} characters");
        try
        {
            var regex = new Regex(XPathPattern.ToNet(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            if (Known.Count < MaxKept) Known.TryAdd(pattern, regex);
            return regex;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return Failure.Processing($"'{pattern}' is not a supported pattern: {error.Message}");
        }
    }
}
