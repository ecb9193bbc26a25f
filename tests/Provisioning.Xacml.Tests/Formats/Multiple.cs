using static Provisioning.Xacml.Tests.Formats.Requests;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests.Formats;

public class When_a_request_asks_for_several_decisions
{
    private const string Combined = "ReturnPolicyIdList='false' CombinedDecision='true'";
    private const string Id = "urn:oasis:names:tc:xacml:1.0:resource:resource-id";
    private const string Scope = "urn:oasis:names:tc:xacml:2.0:resource:scope";

    private static readonly PolicyDecisionPoint AnnOnly = Load(Policy(Rule("Permit", Apply("string-is-in", Text("ann") + Policies.Attribute("user")))));

    [Fact]
    public void Should_combine_repeated_categories_in_every_way()
    {
        var users = Category(Subject, Attribute("user", "ann")) + Category(Subject, Attribute("user", "bob"));
        var resources = Category(Resource, Attribute("r", "1")) + Category(Resource, Attribute("r", "2"));
        Assert.Equal(
            [Decision.Permit, Decision.Permit, Decision.NotApplicable, Decision.NotApplicable], Decisions(AnnOnly, Xml(users + resources)));
    }

    [Fact]
    public void Should_follow_references_to_categories()
    {
        var users = Category(Subject, Attribute("user", "ann"), "a") + Category(Subject, Attribute("user", "bob"), "b");
        string References(params string[] ids) => "<MultiRequests>" + string.Concat(ids.Select(id =>
            $"<RequestReference><AttributesReference ReferenceId='{id}'/></RequestReference>")) + "</MultiRequests>";
        Assert.Equal([Decision.NotApplicable, Decision.Permit], Decisions(AnnOnly, Xml(users + References("b", "a"))));
        var unknown = AnnOnly.Evaluate(XacmlXml.ReadRequest(Xml(users + References("c")))).Results;
        Assert.Equal(StatusCodes.SyntaxError, Assert.Single(unknown).StatusCode);
    }

    [Theory]
    [InlineData("ann", "ann", Decision.Permit)]
    [InlineData("bob", "cid", Decision.NotApplicable)]
    [InlineData("ann", "bob", Decision.Indeterminate)]
    public void Should_combine_the_decisions_if_asked_to(string first, string second, Decision expected) => Assert.Equal(
        [expected], Decisions(AnnOnly, Xml(Category(Subject, Attribute("user", first)) + Category(Subject, Attribute("user", second)), Combined)));

    [Fact]
    public void Should_not_combine_decisions_that_come_with_obligations()
    {
        var pdp = Load(Policy(Rule("Permit", rest:
            "<ObligationExpressions><ObligationExpression ObligationId='log' FulfillOn='Permit'/></ObligationExpressions>")));
        var two = Xml(Category(Subject, Attribute("user", "ann")) + Category(Subject, Attribute("user", "bob")), Combined);
        Assert.Equal([Decision.Indeterminate], Decisions(pdp, two));
        Assert.Equal([Decision.Permit], Decisions(pdp, Xml(Category(Subject, Attribute("user", "ann")), Combined)));
    }

    [Theory]
    [InlineData("Immediate", 1)]
    [InlineData("Children", 3)]
    [InlineData("Descendants", 5)]
    public void Should_ask_the_hierarchy_for_what_is_below(string scope, int results)
    {
        var pdp = PolicyDecisionPoint.Load(
            [new("p.xml", Policy(Rule("Permit")))], new PdpOptions { ResourceHierarchy = new Tree() });
        Assert.Equal(results, Decisions(pdp, Xml(Category(Resource, Attribute(Id, "top") + Attribute(Scope, scope)))).Length);
    }

    [Fact]
    public void Should_refuse_scopes_without_a_hierarchy()
    {
        var result = AnnOnly.Evaluate(XacmlXml.ReadRequest(Xml(Category(Resource, Attribute(Id, "top") + Attribute(Scope, "Children"))))).Results;
        Assert.Contains("hierarchy", Assert.Single(result).StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_stop_a_request_that_asks_for_too_many()
    {
        var categories = string.Concat(new[] { Subject, Resource, ActionCategory }.SelectMany(category =>
            Enumerable.Range(0, 60).Select(i => Category(category, Attribute("n", $"{i}")))));
        var result = Assert.Single(AnnOnly.Evaluate(XacmlXml.ReadRequest(Xml(categories))).Results);
        Assert.Contains("more than 1000 decisions", result.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_stop_a_request_that_repeats_much_in_many_decisions()
    {
        var pdp = PolicyDecisionPoint.Load([new("p", Policy(Rule("Permit")))], new PdpOptions { RequestLimits = new() { Values = 100 } });
        var large = Category(Resource, string.Concat(Enumerable.Range(0, 60).Select(i => Attribute("urn:oasis:names:tc:xacml:1.0:resource:resource-id", $"{i}"))));
        var users = string.Concat(Enumerable.Range(0, 20).Select(i => Category(Subject, Attribute("user", $"{i}"))));
        var result = Assert.Single(pdp.Evaluate(XacmlXml.ReadRequest(Xml(large + users), pdp)).Results);
        Assert.Contains("many large ones", result.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_not_walk_content_anew_for_each_decision()
    {
        var selector = $"<Attribute AttributeId='urn:oasis:names:tc:xacml:3.0:multiple:content-selector' IncludeInResult='false'><AttributeValue DataType='{DataTypes.XPathExpression}' XPathCategory='{Resource}'>/a/b</AttributeValue></Attribute>";
        var content = "<Content><a xmlns=''>" + string.Concat(Enumerable.Repeat("<b/>", 500)) + "</a></Content>";
        var start = $"<AttributeSelector Category='{Resource}' Path='.' ContextSelectorId='urn:oasis:names:tc:xacml:3.0:content-selector' DataType='{DataTypes.String}' MustBePresent='true'/>";
        PolicyDecisionPoint With(long steps) => PolicyDecisionPoint.Load(
            [new("p", Policy(Rule("Permit", Apply("string-is-in", Text("") + start))))], new PdpOptions { RequestLimits = new() { XPathSteps = steps } });
        var request = Xml(Category(Resource, content + selector));
        Assert.All(Decisions(With(10_000_000), request), decision => Assert.Equal(Decision.Permit, decision));
        // Enough for each decision, not for all of them.
        Assert.Equal([Decision.Permit, Decision.Indeterminate], Decisions(With(100_000), request).Distinct());
    }

    [Fact]
    public void Should_not_count_categories_without_end() => Assert.Contains(
        "1000 categories", Fault(Xml(string.Concat(Enumerable.Range(0, 1001).Select(i => Category($"urn:{i}", ""))))), StringComparison.Ordinal);

    private sealed class Tree : IResourceHierarchy
    {
        // With a circle, which must not be followed for ever.
        public IEnumerable<string> Children(string resourceId) => resourceId switch
        {
            "top" => ["left", "right"],
            "left" => ["deep", "top"],
            "deep" => ["deeper", "left"],
            _ => [],
        };
    }
}
