using System.Globalization;
using System.Text.RegularExpressions;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

/// <summary>A list of large groups is read page by page, and each page has to find out how many of them fit. PostgreSQL tells how many rows that takes.</summary>
public sealed partial class When_a_page_has_room_for_some_groups() : Fixture(Backend.PostgreSQL)
{
    [Fact]
    public async Task Should_not_count_the_members_of_those_that_come_later()
    {
        string[] crowd = [.. Enumerable.Range(0, 100).Select(i => $"u{i:d3}")];
        await CrowdAsync(crowd);
        foreach (var i in Enumerable.Range(0, 40))
            await Ledger.CommitGroupAsync(Group($"g{i:d2}", crowd), WriteKind.Insert, true, [], None);
        await SqlAsync("ANALYZE");

        // A group takes about 4,000 bytes, so that two of them fit.
        var plan = await Storage.Database.ReadAsync(
            session => session.List(
                $"EXPLAIN (ANALYZE, TIMING OFF) {Bounded.GroupIds(Bounded.WholeGroup, "TRUE", "AND id > @after", "")}",
                row => row.GetString(0),
                ("@after", ""),
                ("@count", 40),
                ("@room", 6000L)),
            None);
        Assert.Equal(2, Counted(plan.Single(x => x.Contains("CTE Scan on walk ", StringComparison.Ordinal) && !x.Contains("->", StringComparison.Ordinal))));
        Assert.InRange(plan.Where(x => x.Contains(" on group_members m", StringComparison.Ordinal)).Sum(Counted), 1, 2 * crowd.Length);
    }

    // What is said of rows is said of one loop.
    private static double Counted(string line)
    {
        var actual = ActualRows().Match(line);
        return double.Parse(actual.Groups[1].Value, CultureInfo.InvariantCulture) * double.Parse(actual.Groups[2].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"actual rows=([0-9.]+) loops=([0-9]+)")]
    private static partial Regex ActualRows();
}
