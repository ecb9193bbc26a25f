using Provisioning.Xacml.Tests.Random;

namespace Provisioning.Xacml.Tests;

public class When_random_policies_are_evaluated(ITestOutputHelper output)
{
    private const int Trees = 5000;
    private const int RequestsPerTree = 20;

    private static readonly PdpOptions Options = new()
    {
        Functions =
        [
            Function.Create(Xml.FailingFunction, DataType.String, DataType.String, DataType.Boolean, (literal, value) =>
                value == "z" ? Failure.Processing("z") : literal == value),
        ],
    };

    [Fact]
    public void Should_answer_like_a_naive_evaluator_of_the_standard()
    {
        var first = Environment.GetEnvironmentVariable("XACML_SEED") is { } seed
            ? int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture) : System.Random.Shared.Next(1_000_000_000);
        output.WriteLine($"first seed {first}");
        var decisions = new Dictionary<string, int>();
        for (var i = 0; i < Trees; i++) Compare(first + i, decisions);
        output.WriteLine(string.Join(", ", decisions.Select(pair => $"{pair.Value} {pair.Key}")));
        // A test in which nothing but one decision comes up would show nothing.
        Assert.All(["Permit", "Deny", "NotApplicable", "Indeterminate"], decision => Assert.True(decisions[decision] > Trees * RequestsPerTree / 50));
    }

    private static void Compare(int seed, Dictionary<string, int> decisions)
    {
        var generator = new Generator(seed);
        var (root, referred) = generator.Policies();
        // What nobody refers to would be a root of its own.
        var used = referred.Where(policy => Refers(root, policy));
        var pdp = PolicyDecisionPoint.Load(used.Prepend(root).Select(policy => new PolicySource(policy.Id, Xml.Write(policy))), Options);
        for (var i = 0; i < RequestsPerTree; i++)
        {
            var request = generator.Request();
            var expected = new NaiveEvaluator(request).Evaluate(root);
            var actual = Flat(pdp.Evaluate(Build(request)));
            if (expected with { Extended = "" } != actual) Assert.Fail($"seed {seed}, request {i}: {string.Join("; ", request)}\nexpected {expected}\nanswered {actual}\n{Xml.Write(root)}");
            if (i == 0) CompareTraced(pdp, request, expected, seed);
            decisions[expected.Decision] = decisions.GetValueOrDefault(expected.Decision) + 1;
        }
    }

    // A trace shows what could have been, and takes no index.
    private static void CompareTraced(PolicyDecisionPoint pdp, IEnumerable<Value> request, Answer expected, int seed)
    {
        var trace = new EvaluationTrace();
        Assert.Equal(expected with { Extended = "" }, Flat(pdp.Evaluate(Build(request), trace)));
        var extended = trace.Roots.Single().Decision switch
        {
            ExtendedDecision.NotApplicable => "N",
            ExtendedDecision.Permit => "P",
            ExtendedDecision.Deny => "D",
            ExtendedDecision.IndeterminateP => "IP",
            ExtendedDecision.IndeterminateD => "ID",
            _ => "IDP",
        };
        Assert.True(expected.Extended == extended, $"seed {seed}: {expected.Extended} expected, {extended} answered");
    }

    private static bool Refers(Node node, BranchNode policy) => node switch
    {
        ReferenceNode reference => reference.Policy == policy,
        BranchNode branch => branch.Children.Any(child => Refers(child, policy)),
        _ => false,
    };

    private static XacmlRequest Build(IEnumerable<Value> values)
    {
        var builder = new XacmlRequestBuilder();
        foreach (var value in values) builder.AddText(value.Category, value.Id, Xml.TypeOf(value.Kind), value.Text, value.Issuer);
        return builder.Build();
    }

    private static Answer Flat(XacmlResult result)
    {
        static string Values(IReadOnlyList<AttributeAssignment> assignments) => string.Join(',', assignments.Select(one => one.Value));
        var duties = result.Obligations.Select(one => $"obligation:{one.Id}=[{Values(one.Assignments)}]")
            .Concat(result.Advice.Select(one => $"advice:{one.Id}=[{Values(one.Assignments)}]"));
        return new(
            result.Decision.ToString(), result.StatusCode, string.Join(' ', duties), string.Join(' ', result.ApplicablePolicies.Select(policy => policy.Id)), "");
    }
}
