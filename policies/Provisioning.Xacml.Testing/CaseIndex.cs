namespace Provisioning.Xacml.Testing;

/// <summary>What an index says about a case.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Expected">The decisions expected, separated by |; empty if it says nothing.</param>
/// <param name="Status">The status code expected, in full; null if it says nothing.</param>
internal sealed record IndexedCase(CaseKind Kind, string Expected, string? Status);

/// <summary>The table beside the cases that says what is asked of each.</summary>
internal static class CaseIndex
{
    private const string FileName = "index.tsv";
    private const string StatusPrefix = "urn:oasis:names:tc:xacml:1.0:status:";

    /// <summary>The cases by "suite/case" where the table names suites, else by "case".</summary>
    public static Dictionary<string, IndexedCase> Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) return [];
        var rows = File.ReadAllLines(file).Where(line => line.Trim().Length > 0).Select(line => line.Split('\t')).ToList();
        var header = rows.Count == 0 ? [] : rows[0].ToList();
        var (suite, name, kind) = (header.IndexOf("folder"), header.IndexOf("case"), header.IndexOf("kind"));
        var (expected, status) = (header.IndexOf("expected"), header.IndexOf("status"));
        if (name < 0 || kind < 0) throw new InvalidDataException($"'{file}' has no columns 'case' and 'kind'");
        var cases = new Dictionary<string, IndexedCase>(StringComparer.Ordinal);
        foreach (var row in rows.Skip(1).Where(row => row.Length > Math.Max(name, kind)))
        {
            string Cell(int column) => column >= 0 && column < row.Length ? row[column] : "";
            cases[suite < 0 ? row[name] : $"{row[suite]}/{row[name]}"] = new(Parse(row[kind]), Cell(expected), InFull(Cell(status)));
        }

        return cases;
    }

    private static CaseKind Parse(string kind) =>
        Enum.TryParse<CaseKind>(kind.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var known) ? known : CaseKind.Unknown;

    private static string? InFull(string status) => status switch
    {
        "" => null,
        _ when status.Contains(':', StringComparison.Ordinal) => status,
        _ => StatusPrefix + status,
    };
}
