using System.Globalization;
using Provisioning.Xacml.Tests.Random;

namespace Provisioning.Xacml.Tests;

public class When_random_policies_are_evaluated(ITestOutputHelper output)
{
    private const int Trees = 2500;
    private const int RequestsPerTree = 20;

    // A hundred thousand cases in each run, of other policies each time. XACML_SEED, which a failure names, makes the same ones again.
    [Fact]
    public void Should_answer_like_a_naive_evaluator_of_the_standard()
    {
        var first = Environment.GetEnvironmentVariable("XACML_SEED") is { } seed
            ? int.Parse(seed, CultureInfo.InvariantCulture) : System.Random.Shared.Next(1_000_000_000);
        output.WriteLine($"first seed {first}");
        var decisions = new Dictionary<string, int>();
        for (var i = 0; i < Trees; i++)
        {
            if (Comparison.Difference(first + i, RequestsPerTree, decisions) is { } difference) Assert.Fail(difference);
        }

        output.WriteLine(string.Join(", ", decisions.Select(pair => $"{pair.Value} {pair.Key}")));
        Assert.Equal(Trees * RequestsPerTree, decisions.Values.Sum());
        // A test in which nothing but one decision comes up would show nothing.
        Assert.All(["Permit", "Deny", "NotApplicable", "Indeterminate"], decision => Assert.True(decisions[decision] > Trees * RequestsPerTree / 50));
    }
}
