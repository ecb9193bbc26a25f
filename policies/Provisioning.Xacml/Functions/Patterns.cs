using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Provisioning.Xacml;

/// <summary>Regular expressions of regexp-match: unanchored, and without backtracking, so that no pattern can hang a decision.</summary>
internal static class Patterns
{
    // Patterns are nearly always constants of policies; a cap keeps those that come out of requests from piling up.
    private const int MaxKept = 1000;
    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    public static Regex Get(string pattern)
    {
        if (Known.TryGetValue(pattern, out var known)) return known;
        try
        {
            var regex = new Regex(XPathPattern.ToNet(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            if (Known.Count < MaxKept) Known.TryAdd(pattern, regex);
            return regex;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new EvaluationException(StatusCodes.ProcessingError, $"'{pattern}' is not a supported pattern: {error.Message}");
        }
    }
}
