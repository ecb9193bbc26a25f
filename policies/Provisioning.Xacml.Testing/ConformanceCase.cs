namespace Provisioning.Xacml.Testing;

/// <summary>One case: a folder and what is asked of it.</summary>
/// <param name="Suite">The name of the folder that the case's folder is in.</param>
/// <param name="Name">The name of the case's folder.</param>
/// <param name="Folder">Where the case is.</param>
/// <param name="Kind">What it asks for.</param>
public sealed record ConformanceCase(string Suite, string Name, string Folder, CaseKind Kind)
{
    /// <summary>The decisions that the index expects, separated by |; empty if it says nothing.</summary>
    public string Expected { get; init; } = "";

    /// <summary>The status code that the index expects, in full; null if it says nothing.</summary>
    public string? ExpectedStatus { get; init; }

    /// <summary>Suite and name.</summary>
    public string Id => $"{Suite}/{Name}";

    internal IReadOnlyList<PolicySource> Policies => [.. PolicyFiles.Select(file => new PolicySource(Path.GetFileName(file), File.ReadAllBytes(file)))];

    internal IReadOnlyList<PolicySource> ReferencedPolicies => [.. Xml("refPolicies").Select(file => new PolicySource(Path.GetFileName(file), File.ReadAllBytes(file)) { CanBeRoot = false })];

    private IEnumerable<string> PolicyFiles
    {
        get
        {
            string[] own = Has("Policy.xml", out var single) ? [single, .. Xml("policies")] : [.. Xml("policies")];
            return own.Length == 0 && File.Exists(Beside) ? [Beside] : own;
        }
    }

    // A policy that is shipped has its cases beside it: those of role.xml are cases/role/*.
    private string Beside => Path.GetFullPath(Path.Combine(Folder, "..", "..", "..", Suite + ".xml"));

    internal bool Has(string file, out string path) => File.Exists(path = Path.Combine(Folder, file));

    private IEnumerable<string> Xml(string folder)
    {
        var path = Path.Combine(Folder, folder);
        return Directory.Exists(path) ? Directory.GetFiles(path, "*.xml").Order(StringComparer.Ordinal) : [];
    }
}
