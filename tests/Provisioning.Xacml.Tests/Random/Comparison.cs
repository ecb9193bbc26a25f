namespace Provisioning.Xacml.Tests.Random;

/// <summary>Compares the engine with the naive evaluator on the policies and requests of a seed.</summary>
internal static class Comparison
{
    private static readonly PdpOptions Options = new()
    {
        Functions =
        [
            Function.Create(Xml.FailingFunction, DataType.String, DataType.String, DataType.Boolean, (literal, value) =>
                value == "z" ? Failure.Processing("z") : literal == value),
        ],
    };

    public static PolicyDecisionPoint Load(IEnumerable<PolicySource> sources) => PolicyDecisionPoint.Load(sources, Options);

    /// <summary>Says what differs, and in which seed; null if nothing does.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="requests">How many requests to compare.</param>
    /// <param name="decisions">Counts the decisions.</param>
    /// <param name="change">Changes the decision point beforehand.</param>
    public static string? Difference(
        int seed, int requests, Dictionary<string, int>? decisions = null, Action<PolicyDecisionPoint, IReadOnlyList<PolicySource>>? change = null)
    {
        var generator = new Generator(seed);
        var (root, referred) = generator.Policies();
        // What nobody refers to would be a root of its own.
        var used = referred.Where(policy => Refers(root, policy));
        List<PolicySource> sources = [.. used.Prepend(root).Select(policy => new PolicySource(policy.Id, Xml.Write(policy)))];
        var pdp = Load(sources);
        change?.Invoke(pdp, sources);
        for (var i = 0; i < requests; i++)
        {
            var request = generator.Request();
            var expected = new NaiveEvaluator(request).Evaluate(root);
            if (Difference(pdp, request, expected, isTraced: i == 0) is { } difference)
                return $"seed {seed}, request {i}: {string.Join("; ", request)}\n{difference}\n{Xml.Write(root)}";
            if (decisions is not null) decisions[expected.Decision] = decisions.GetValueOrDefault(expected.Decision) + 1;
        }

        return null;
    }

    /// <summary>Says what differs for one policy and an empty request; null if nothing does.</summary>
    public static string? Difference(BranchNode policy) =>
        Difference(Load([new("p", Xml.Write(policy))]), [], new NaiveEvaluator([]).Evaluate(policy), isTraced: true);

    private static string? Difference(PolicyDecisionPoint pdp, List<Value> request, Answer expected, bool isTraced)
    {
        // Half of the requests are made for the decision point, the others for any.
        var actual = Flat(pdp.Evaluate(Build(request, request.Count % 2 == 0 ? pdp : null)));
        if (expected with { Extended = "" } != actual) return $"expected {expected}\nanswered {actual}";
        return isTraced && Traced(pdp, request) is var traced && traced != expected ? $"expected {expected}\ntraced {traced}" : null;
    }

    // A trace shows what could have been, and takes no index.
    private static Answer Traced(PolicyDecisionPoint pdp, IEnumerable<Value> request)
    {
        var trace = new EvaluationTrace();
        var answer = Flat(pdp.Evaluate(Build(request), trace));
        return answer with
        {
            Extended = trace.Roots.Single().Decision switch
            {
                ExtendedDecision.NotApplicable => "N",
                ExtendedDecision.Permit => "P",
                ExtendedDecision.Deny => "D",
                ExtendedDecision.IndeterminateP => "IP",
                ExtendedDecision.IndeterminateD => "ID",
                _ => "IDP",
            },
        };
    }

    private static bool Refers(Node node, BranchNode policy) => node switch
    {
        ReferenceNode reference => reference.Policy == policy,
        BranchNode branch => branch.Children.Any(child => Refers(child, policy)),
        _ => false,
    };

    private static XacmlRequest Build(IEnumerable<Value> values, PolicyDecisionPoint? pdp = null)
    {
        var builder = new XacmlRequestBuilder();
        foreach (var value in values) builder.AddText(value.Category, value.Id, Xml.TypeOf(value.Kind), value.Text, value.Issuer);
        return pdp is null ? builder.Build() : builder.Build(pdp);
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
