using Provisioning.Xacml.Tests.Random;

namespace Provisioning.Xacml.Tests;

/// <summary>What the comparison with the naive evaluator is worth: indexes that are wrong on purpose, and whether it finds them.</summary>
public class When_the_index_over_targets_is_wrong(ITestOutputHelper output)
{
    private const int Trees = 2000;
    private const int RequestsPerTree = 20;

    [Fact]
    public void Should_be_found_if_it_forgets_a_child() =>
        ShouldBeFound((pdp, _) => Replace(pdp, (index, _) => new Changed(index, found => found[..^1])));

    [Fact]
    public void Should_be_found_if_it_points_to_the_children_beside() =>
        ShouldBeFound((pdp, _) => Replace(pdp, (index, count) => new Changed(index, found => [.. found.Select(child => (child + 1) % count)])));

    [Fact]
    public void Should_be_found_if_it_takes_a_missing_attribute_for_one_that_does_not_match() => ShouldBeFound((pdp, sources) =>
    {
        // The index of the same policies, in which no attribute must be present.
        var lenient = Comparison.Load(sources.Select(source =>
            new PolicySource(source.Name, source.Open().ReadToEnd().Replace("MustBePresent='true'", "MustBePresent='false'", StringComparison.Ordinal))));
        for (var i = 0; i < pdp.Branches.Count; i++) pdp.Branches[i].Finder = lenient.Branches[i].Finder;
    });

    [Fact]
    public void Should_not_matter_if_it_only_finds_too_many()
    {
        for (var seed = 0; seed < Trees / 10; seed++)
        {
            Assert.Null(Comparison.Difference(seed, RequestsPerTree, change: (pdp, _) =>
                Replace(pdp, (index, count) => new Changed(index, _ => [.. Enumerable.Range(0, count)]))));
        }
    }

    private void ShouldBeFound(Action<PolicyDecisionPoint, IReadOnlyList<PolicySource>> fault)
    {
        var found = Enumerable.Range(0, Trees).Select(seed => Comparison.Difference(seed, RequestsPerTree, change: fault)).FirstOrDefault(one => one is not null);
        output.WriteLine(found ?? "nothing");
        Assert.NotNull(found);
        Assert.StartsWith("seed ", found, StringComparison.Ordinal);
    }

    private static void Replace(PolicyDecisionPoint pdp, Func<TargetIndex, int, TargetIndex> by)
    {
        foreach (var branch in pdp.Branches)
        {
            if (branch.Finder is { } index) branch.Finder = by(index, branch.Children.Length);
        }
    }

    /// <summary>Finds what another index finds, changed.</summary>
    private sealed class Changed(TargetIndex index, Func<int[], int[]> change) : TargetIndex
    {
        public override void Collect(EvaluationContext context)
        {
            var mark = context.Candidates.Count;
            index.Collect(context);
            var found = context.Candidates.SortedSince(mark).ToArray();
            context.Candidates.PopTo(mark);
            context.Candidates.Push(found.Length == 0 ? found : change(found));
        }
    }
}
