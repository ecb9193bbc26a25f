using System.Collections.Concurrent;

namespace Provisioning.Xacml;

/// <summary>The regular expressions of regexp-match, each read once.</summary>
internal static class Patterns
{
    // Patterns are nearly always constants of policies; a cap keeps those that come out of requests from piling up.
    private const int MaxKept = 1000;
    private static readonly ConcurrentDictionary<string, XPathPattern> Known = new(StringComparer.Ordinal);

    public static Result<XPathPattern> Get(string pattern)
    {
        if (Known.TryGetValue(pattern, out var known)) return known;
        var read = XPathPattern.Of(pattern);
        if (read.Failure is null && Known.Count < MaxKept) Known.TryAdd(pattern, read.Value);
        return read;
    }
}
