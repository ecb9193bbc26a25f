using System.Text.RegularExpressions;

namespace Provisioning.Connectors.Rest;

/// <summary>Links in headers (RFC 8288).</summary>
internal static partial class LinkHeader
{
    /// <summary>The target of the link to the next page, or null.</summary>
    public static string? Next(IEnumerable<string> headers) => headers
        .SelectMany(header => Link().Matches(header))
        .FirstOrDefault(link => Relation().IsMatch(link.Groups["parameters"].Value))?.Groups["target"].Value;

    [GeneratedRegex("<(?<target>[^>]*)>(?<parameters>(?:\\s*;\\s*[^,;\"]+(?:\"[^\"]*\")?)*)")]
    private static partial Regex Link();

    [GeneratedRegex("rel\\s*=\\s*\"?(?:[^\"]*\\s)?next(?:\\s[^\"]*)?\"?\\s*(;|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Relation();
}
