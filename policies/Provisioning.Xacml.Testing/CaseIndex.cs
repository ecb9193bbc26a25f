namespace Provisioning.Xacml.Testing;

/// <summary>The table beside the cases that says what is asked of each.</summary>
internal static class CaseIndex
{
    public const string FileName = "index.tsv";

    /// <summary>The kinds by case, keyed "suite/case" where the table names suites, else "case".</summary>
    public static Dictionary<string, CaseKind> Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) return [];
        var rows = File.ReadAllLines(file).Where(line => line.Trim().Length > 0).Select(line => line.Split('\t')).ToList();
        var header = rows[0].ToList();
        var (suite, name, kind) = (header.IndexOf("folder"), header.IndexOf("case"), header.IndexOf("kind"));
        if (name < 0 || kind < 0) throw new InvalidDataException($"'{file}' has no columns 'case' and 'kind'");
        var kinds = new Dictionary<string, CaseKind>(StringComparer.Ordinal);
        foreach (var row in rows.Skip(1).Where(row => row.Length > Math.Max(name, kind)))
            kinds[suite < 0 ? row[name] : $"{row[suite]}/{row[name]}"] = Parse(row[kind]);
        return kinds;
    }

    private static CaseKind Parse(string kind) =>
        Enum.TryParse<CaseKind>(kind.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var known) ? known : CaseKind.Unknown;
}
