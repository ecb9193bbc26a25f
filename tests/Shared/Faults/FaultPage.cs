using System.Text.RegularExpressions;
using Provisioning.Connectors;

namespace Provisioning.Testing;

/// <summary>The tables of <c>host/docs/failures.md</c>. They are the expectations of every test named <c>When_faults_have_owners</c>.</summary>
internal static partial class FaultPage
{
    private const string OfNoConcern = "–";

    /// <summary>The operations, with the column of "Faults by operation" that speaks of them.</summary>
    private static readonly Dictionary<string, int> s_columns = new()
    {
        ["create"] = 2, ["update"] = 3, ["enable"] = 3, ["disable"] = 3, ["password"] = 3, ["delete"] = 4, ["find"] = 5, ["list"] = 5,
    };

    private static readonly string s_text = File.ReadAllText(Path.Combine(Root(), "host", "docs", "failures.md"));
    private static readonly IReadOnlyList<string[]> s_faults = Table("## Faults by operation");
    private static readonly IReadOnlyList<string[]> s_differences = Table("## Where connectors differ");

    public static IEnumerable<string> Operations => s_columns.Keys;

    /// <summary>The names of the rows of "Faults by operation".</summary>
    public static IReadOnlyList<string> Faults { get; } = [.. s_faults.Select(row => row[0])];

    /// <summary>The names of the rows of "Where connectors differ" that concern a connector.</summary>
    public static IReadOnlyList<string> Differences(string connector) =>
        [.. s_differences.Where(row => row[0].Split(", ").Contains(connector)).Select(row => row[1])];

    /// <summary>What has to come of a fault, or null where the page has nothing to say.</summary>
    public static FaultOutcome? Outcome(string fault, string operation)
    {
        var row = s_faults.Single(row => row[0] == fault);
        var cell = row[s_columns[operation]];
        return cell == OfNoConcern ? null : Read(cell == "as update" ? row[s_columns["update"]] : cell);
    }

    /// <summary>What has to come of a difference.</summary>
    public static FaultOutcome Difference(string connector, string fault) =>
        Read(s_differences.Single(row => row[0].Split(", ").Contains(connector) && row[1] == fault)[3]);

    private static FaultOutcome Read(string cell) => new(
        [.. Code().Matches(cell).Select(match => match.Groups[1].Value).Where(name => Enum.IsDefined(typeof(FailureKind), name)).Select(Enum.Parse<FailureKind>)],
        cell.Contains("done", StringComparison.Ordinal) || cell.Contains("nothing found", StringComparison.Ordinal));

    // Without the head of the table and the line below it.
    private static List<string[]> Table(string heading) =>
    [
        .. s_text[s_text.IndexOf(heading, StringComparison.Ordinal)..].Split('\n')
            .SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Provisioning.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not run in the repository");
        return folder.FullName;
    }

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Code();
}
