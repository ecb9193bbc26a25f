namespace Provisioning.Xacml;

/// <summary>The XPath versions that requests and policies may name. Expressions are evaluated as XPath 1.0, of which 2.0 is nearly a superset.</summary>
internal static class XPathVersions
{
    private static readonly string[] Known =
    [
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/TR/2007/REC-xpath20-20070123",
    ];

    // The standard itself and policies in the field do not agree on upper and lower case.
    public static bool IsKnown(string version) => Known.Contains(version.Trim(), StringComparer.OrdinalIgnoreCase);

    public static string Unknown(string version) => $"XPath version '{version.Trim()}' is not supported; known are {string.Join(" and ", Known)}";
}
