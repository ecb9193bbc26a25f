using System.Globalization;
using Provisioning.Xacml.Testing;

namespace Provisioning.Xacml.Tests;

public class When_the_conformance_cases_are_evaluated(ITestOutputHelper output)
{
    private static readonly string Policies = Path.Combine(Repository.Root!, "policies");

    // The report of the command, as it is committed.
    private static IEnumerable<string> Report => File.ReadLines(Path.Combine(Policies, "docs", "conformance.tsv"));

    [Theory]
    [InlineData("standard")]
    [InlineData("deprecated")]
    public void Should_answer_as_the_standard_says_and_as_the_report_shows(string suite)
    {
        var cases = Environment.GetEnvironmentVariable("XACML_CASES")
            ?? (Repository.Root is { } root ? Path.GetFullPath(Path.Combine(root, "..", "shared", "xacml")) : "");
        Assert.SkipUnless(Directory.Exists(Path.Combine(cases, suite)), "the conformance cases are not here");
        var outcomes = ConformanceSuite.Find(cases, suite + "/*").SelectMany(CaseRunner.Run).ToList();
        using var summary = new StringWriter();
        ConformanceReport.WriteSummary(outcomes, summary);
        output.WriteLine(summary.ToString());
        Assert.NotEmpty(outcomes);
        Assert.True(outcomes.All(one => one.Verdict != Verdict.Failed), summary.ToString());

        using var table = new StringWriter { NewLine = "\n" };
        ConformanceReport.WriteTable(outcomes, table);
        Assert.Equal(Report.Where(line => line.StartsWith(suite + "\t", StringComparison.Ordinal)), table.ToString().TrimEnd('\n').Split('\n').Skip(1));
    }

    [Fact]
    public void Should_be_summed_up_by_the_page_as_the_report_has_them()
    {
        var rows = Report.Skip(1).Select(line => line.Split('\t')).ToList();
        string Passed(string suite, string form)
        {
            var some = rows.Where(row => row[0] == suite && row[2] == form).ToList();
            return some.Count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{some.Count(row => row[4] == "Passed")} of {some.Count}");
        }

        var page = File.ReadAllLines(Path.Combine(Policies, "README.md"));
        foreach (var suite in rows.Select(row => row[0]).Distinct()) Assert.Contains($"| `{suite}` | {Passed(suite, "xml")} | {Passed(suite, "json")} |", page);
    }
}
