using System.Text.Json;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public class When_a_trace_is_recorded
{
    private static readonly string Staff = Apply("string-is-in", Text("staff") + Attribute("role"));

    private static readonly string Document = Policy(
        Rule("Deny", Apply("string-is-in", Text("guest") + Attribute("role")), "guests") + Rule("Permit", Staff, "staff") + Broken("Permit"),
        "urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable");

    [Fact]
    public void Should_show_the_tree_with_targets_conditions_and_what_decided()
    {
        var root = Trace(("role", "staff")).Roots.Single();
        Assert.Equal((TraceKind.Policy, "p", "1.0", "0.xml", 1), (root.Kind, root.Id, root.Version, root.File, root.Line));
        Assert.Equal((TargetMatch.Match, ExtendedDecision.Permit), (root.Target, root.Decision));
        Assert.Equal(
            [("guests", (bool?)false, ExtendedDecision.NotApplicable, false), ("staff", true, ExtendedDecision.Permit, true)],
            root.Children.Select(rule => (rule.Id, rule.Condition, rule.Decision, rule.IsDecisive)));
        var looked = Assert.Single(root.Children[1].Attributes);
        Assert.Equal(("role", "staff"), (looked.AttributeId, Assert.Single(looked.Values)));
    }

    [Fact]
    public void Should_show_what_was_missing_and_why_nothing_was_decided()
    {
        var trace = Trace();
        var broken = trace.Roots.Single().Children[^1];
        Assert.Equal((ExtendedDecision.IndeterminateP, true), (broken.Decision, broken.IsDecisive));
        Assert.Contains("lacks absent", broken.Reason, StringComparison.Ordinal);
        var missing = Assert.Single(broken.Attributes);
        Assert.True(missing is { AttributeId: "absent", MustBePresent: true, Values.Count: 0 });
        Assert.Contains("  Rule broken (0.xml:3): IndeterminateP <- decides", trace.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_show_children_that_an_index_would_have_left_out()
    {
        var rules = string.Concat(Enumerable.Range(0, 20).Select(i => $"""
            <Rule RuleId="r{i}" Effect="Permit"><Target><AnyOf><AllOf><Match MatchId="{FunctionTable.V1}string-equal">{Text($"v{i}")}{Attribute("a")}</Match>
            </AllOf></AnyOf></Target></Rule>
            """));
        var trace = new EvaluationTrace();
        Load(Policy(rules)).Evaluate(Request(("a", "v7")), trace);
        Assert.Equal(20, trace.Roots.Single().Children.Count);
        Assert.Equal(["r7"], trace.Roots.Single().Children.Where(rule => rule.Target == TargetMatch.Match).Select(rule => rule.Id));
    }

    [Fact]
    public void Should_say_the_same_as_json()
    {
        using var json = JsonDocument.Parse(Trace(("role", "staff")).ToJson());
        var root = json.RootElement[0];
        Assert.Equal(("Policy", "Permit", 1), (root.GetProperty("kind").GetString(), root.GetProperty("decision").GetString(), root.GetProperty("line").GetInt32()));
        var rule = root.GetProperty("children")[1];
        Assert.True(rule.GetProperty("condition").GetBoolean() && rule.GetProperty("decides").GetBoolean());
        Assert.Equal("staff", rule.GetProperty("attributes")[0].GetProperty("values")[0].GetString());
    }

    private static EvaluationTrace Trace(params (string Id, string Value)[] attributes)
    {
        var trace = new EvaluationTrace();
        Load(Document).Evaluate(Request(attributes), trace);
        return trace;
    }
}
