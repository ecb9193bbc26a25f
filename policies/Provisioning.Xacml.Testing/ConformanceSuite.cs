using System.IO.Enumeration;

namespace Provisioning.Xacml.Testing;

/// <summary>Finds the cases below a folder.</summary>
public static class ConformanceSuite
{
    private static readonly string[] CaseFiles = ["Policy.xml", "Request.xml", "Request.json", "Response.xml", "Response.json", "policies"];

    /// <summary>Finds the cases of a folder of suites, of one suite, or of one case.</summary>
    /// <param name="folder">The folder. An index.tsv in it or in a suite's folder says what is asked of each case; without one the files
    /// of the case do.</param>
    /// <param name="filter">A pattern with * and ? that the case's name, or suite/name, must match.</param>
    /// <returns>The cases, in the order of their names.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">An index lacks a column.</exception>
    public static IReadOnlyList<ConformanceCase> Find(string folder, string? filter = null)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"there is no folder '{folder}'");
        var index = CaseIndex.Read(folder);
        IEnumerable<ConformanceCase> cases = IsCase(folder) ? [Case(folder, CaseIndex.Read(Path.GetDirectoryName(folder)!))] : Below(folder, index);
        return [.. cases.Where(one => filter is null || Matches(filter, one.Name) || Matches(filter, one.Id))];
    }

    private static IEnumerable<ConformanceCase> Below(string folder, Dictionary<string, IndexedCase> index)
    {
        foreach (var below in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (IsCase(below))
            {
                yield return Case(below, index);
                continue;
            }

            // A suite's own index speaks for its cases; the index above it for the rest.
            var inner = CaseIndex.Read(below);
            foreach (var one in Below(below, inner.Count > 0 ? inner : index)) yield return one;
        }
    }

    private static ConformanceCase Case(string folder, Dictionary<string, IndexedCase> index)
    {
        var (suite, name) = (Path.GetFileName(Path.GetDirectoryName(folder))!, Path.GetFileName(folder));
        return index.TryGetValue($"{suite}/{name}", out var indexed) || index.TryGetValue(name, out indexed)
            ? new(suite, name, folder, indexed.Kind) { Expected = indexed.Expected, ExpectedStatus = indexed.Status }
            : new(suite, name, folder, Derived(folder));
    }

    private static CaseKind Derived(string folder)
    {
        bool Has(string file) => Path.Exists(Path.Combine(folder, file));
        if (Has("Response.xml") || Has("Response.json")) return CaseKind.Evaluate;
        if (Has("Policy.xml") || Has("policies")) return CaseKind.PolicyLoad;
        return Has("Request.json") ? CaseKind.JsonRequestAccept : CaseKind.Unknown;
    }

    private static bool IsCase(string folder) => CaseFiles.Any(file => Path.Exists(Path.Combine(folder, file)));

    private static bool Matches(string filter, string text) => FileSystemName.MatchesSimpleExpression(filter, text, ignoreCase: false);
}
