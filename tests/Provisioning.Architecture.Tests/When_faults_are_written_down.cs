namespace Provisioning.Architecture.Tests;

/// <summary>The page of faults says what comes of each, and a test of each connector holds it to the page.</summary>
public sealed class When_faults_are_written_down
{
    private const string Page = "host/docs/failures.md";

    /// <summary>The projects of connectors: what is delivered as a plugin.</summary>
    private static IEnumerable<Project> Connectors => Repository.Projects
        .Where(project => project.IsUnder("plugins") && File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(project.RelativePath)!, "plugin.json")));

    // That the test holds every row the page has, or says why it does not, is the matter of FaultTable.ShouldHoldEveryRow.
    [Fact]
    public void Should_be_held_by_a_test_of_every_connector() => Repository.HoldsFor(
        $"every connector has a test 'When_faults_have_owners' that holds every row of {Page}",
        Connectors.Select(project => $"tests/{project.Name}.Tests").Where(tests => !HoldsEveryRow(tests)));

    [Fact]
    public void Should_have_a_name_for_every_row() => Repository.HoldsFor(
        $"every row of the tables of {Page} has a name of its own",
        Rows("## Faults by operation").GroupBy(row => row[0]).Concat(Rows("## Where connectors differ").GroupBy(row => $"{row[0]}: {row[1]}"))
            .Where(rows => rows.Key.Trim(' ', ':').Length == 0 || rows.Count() > 1).Select(rows => rows.Key));

    private static bool HoldsEveryRow(string tests) =>
        Directory.Exists(Path.Combine(Repository.Root, tests))
        && Repository.Sources(tests).Any(source => source.Name.StartsWith("When_faults_have_owners", StringComparison.Ordinal)
            && source.Text.Contains(".ShouldHoldEveryRow()", StringComparison.Ordinal) && source.Text.Contains(".HoldAsync(", StringComparison.Ordinal));

    private static List<string[]> Rows(string heading)
    {
        var rows = Repository.Read(Page).Split('\n').SkipWhile(line => line != heading).SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|')).Skip(2).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.NotEmpty(rows);
        return rows;
    }
}
