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

    [Fact]
    public void Should_show_what_a_variable_read_with_each_rule_that_uses_it()
    {
        var variable = "<VariableDefinition VariableId='v'>" + Staff + "</VariableDefinition>";
        var rules = string.Concat(((string[])["a", "b"]).Select(id => Rule("Permit", "<VariableReference VariableId='v'/>", id)));
        var root = TraceOf(Policy(variable + rules), ("role", "staff"));
        Assert.Equal(["staff", "staff"], root.Children.Select(rule => Assert.Single(Assert.Single(rule.Attributes).Values)));
    }

    [Fact]
    public void Should_show_what_selectors_found()
    {
        var selector = $"<AttributeSelector Category='{Subject}' Path='/a/b' DataType='{DataTypes.String}' MustBePresent='false'/>";
        var missing = selector.Replace("/a/b", "/a/c", StringComparison.Ordinal);
        var pdp = Load(Policy(Rule("Permit", Apply("string-at-least-one-member-of", missing + selector))));
        var trace = new EvaluationTrace();
        var content = "<Content><a xmlns=''><b>x</b><b>y</b></a></Content>";
        pdp.Evaluate(XacmlXml.ReadRequest(Formats.Requests.Xml(Formats.Requests.Category(Subject, content)), pdp), trace);
        Assert.Contains("content: /a/b = 'x', 'y'", trace.Render(), StringComparison.Ordinal);
        Assert.Contains("missing content: /a/c (string)", trace.Render(), StringComparison.Ordinal);
        Assert.Contains("\"path\": \"/a/b\"", trace.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_tell_issuers_apart()
    {
        string Of(string issuer) => Attribute("role").Replace("<AttributeDesignator", $"<AttributeDesignator Issuer='{issuer}'", StringComparison.Ordinal);
        var root = TraceOf(Policy(Rule("Permit", Apply("string-at-least-one-member-of", Of("hr") + Of("it")))));
        Assert.Equal(["hr", "it"], root.Children.Single().Attributes.Select(one => one.Issuer));
    }

    [Fact]
    public void Should_show_which_of_several_roots_decided()
    {
        var trace = new EvaluationTrace();
        Load(Policy(Rule("Permit"), id: "a"), Policy(Rule("Deny"), id: "b"), Policy("", id: "c")).Evaluate(Request(), trace);
        Assert.Equal([("a", false), ("b", true)], trace.Roots.Take(2).Select(root => (root.Id, root.IsDecisive)));
        Assert.Contains("Policy b (1.xml:1): Deny <- decides", trace.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_say_so_if_the_algorithm_decided_and_no_child()
    {
        var root = TraceOf(Policy(Rule("Permit", Staff), "urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-unless-permit"));
        Assert.Equal("deny-unless-permit decides so, none of the children does", root.Reason);
        Assert.Null(TraceOf(Policy(Rule("Deny"))).Reason);
    }

    [Fact]
    public void Should_show_the_targets_that_only_one_applicable_looked_at()
    {
        string Of(string id) => Policy(Rule("Permit"), id: id).Replace(
            "<Target/>", $"<Target><AnyOf><AllOf><Match MatchId='{FunctionTable.V1}string-equal'>{Text(id)}{Attribute("role")}</Match></AllOf></AnyOf></Target>", StringComparison.Ordinal);
        var pdp = PolicyDecisionPoint.Load(
            [.. ((string[])["a", "b", "c"]).Select(id => new PolicySource(id, Of(id)))],
            new PdpOptions { RootCombiningAlgorithm = "urn:oasis:names:tc:xacml:1.0:policy-combining-algorithm:only-one-applicable" });
        var trace = new EvaluationTrace();
        pdp.Evaluate(Request(("role", "b")), trace);
        Assert.Equal(
            [("a", TargetMatch.NoMatch), ("b", TargetMatch.Match), ("c", TargetMatch.NoMatch)],
            trace.Roots.Select(root => (root.Id, root.Target!.Value)).OrderBy(root => root.Id));
        Assert.Contains("'a' and 'c'", pdp.Evaluate(new XacmlRequestBuilder().Add(Subject, "role", DataTypes.String, ["c", "a"]).Build()).StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_show_references_that_lead_nowhere()
    {
        var set = """
            <PolicySet xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicySetId="s" Version="1.0"
              PolicyCombiningAlgId="urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides"><Target/>
            <PolicyIdReference>none</PolicyIdReference></PolicySet>
            """;
        var trace = new EvaluationTrace();
        PolicyDecisionPoint.Load([new("set.xml", set)], new PdpOptions { AllowsUndefinedReferences = true }).Evaluate(Request(), trace);
        Assert.Contains("  Policy none (set.xml:3): IndeterminateDP <- decides", trace.Render(), StringComparison.Ordinal);
    }

    private static TraceNode TraceOf(string policy, params (string Id, string Value)[] attributes)
    {
        var trace = new EvaluationTrace();
        Load(policy).Evaluate(Request(attributes), trace);
        return trace.Roots.Single();
    }

    private static EvaluationTrace Trace(params (string Id, string Value)[] attributes)
    {
        var trace = new EvaluationTrace();
        Load(Document).Evaluate(Request(attributes), trace);
        return trace;
    }
}
