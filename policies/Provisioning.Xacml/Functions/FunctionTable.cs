using System.Collections.Frozen;

namespace Provisioning.Xacml;

/// <summary>All functions by identifier.</summary>
internal static class FunctionTable
{
    private static readonly string[] Versions = ["1.0", "2.0", "3.0"];
    private static readonly FrozenSet<string> HigherOrderNames =
        new[] { "any-of", "all-of", "any-of-any", "all-of-any", "any-of-all", "all-of-all", "map" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, Function> ByName = new[]
    {
        ComparisonFunctions.All(), NumberFunctions.All(), LogicFunctions.All(), StringFunctions.All(),
        ConversionFunctions.All(), BagFunctions.All(), TimeFunctions.All(), NameFunctions.All(),
    }.SelectMany(all => all).ToFrozenDictionary(function => function.Id);

    public static Function? Find(string uri) => ShortName(uri) is { } name ? ByName.GetValueOrDefault(name) : null;

    /// <summary>The higher-order function's name, or null if the identifier names none.</summary>
    public static string? HigherOrder(string uri) => ShortName(uri) is { } name && HigherOrderNames.Contains(name) ? name : null;

    // The version in the identifier says when a function came into the standard. Names never collide between versions and
    // authors often get the version wrong, so that any of the three is understood.
    private static string? ShortName(string uri)
    {
        foreach (var version in Versions)
        {
            var prefix = $"urn:oasis:names:tc:xacml:{version}:function:";
            if (uri.StartsWith(prefix, StringComparison.Ordinal)) return uri[prefix.Length..];
        }

        return null;
    }
}
