using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

/// <summary>The Hierarchical Resource Profile 1.0: what is above a resource, as attributes, and nodes that are URIs.</summary>
public class When_resources_form_a_hierarchy
{
    private const string Prefix = "urn:oasis:names:tc:xacml:2.0:resource:";
    private const string ResourceId = "urn:oasis:names:tc:xacml:1.0:resource:resource-id";

    [Theory]
    [InlineData("resource-parent", "deep", "left shared")]
    [InlineData("resource-ancestor", "deep", "left shared top")]
    [InlineData("resource-ancestor-or-self", "deep", "deep left shared top")]
    [InlineData("resource-parent", "top", "")]
    [InlineData("resource-ancestor-or-self", "top", "top")]
    [InlineData("resource-ancestor", "unknown", "")]
    [InlineData("resource-ancestor", "circle", "circle")]
    public void Should_supply_what_is_above_the_resource(string attribute, string resource, string expected) =>
        Assert.Equal(expected, Read(attribute, new XacmlRequestBuilder().Add(Categories.Resource, ResourceId, DataType.String, resource).Build()));

    [Fact]
    public void Should_take_the_word_of_the_request() => Assert.Equal("mine", Read("resource-parent", new XacmlRequestBuilder()
        .Add(Categories.Resource, ResourceId, DataType.String, "deep").Add(Categories.Resource, Prefix + "resource-parent", DataType.String, "mine").Build()));

    [Fact]
    public void Should_know_nodes_by_their_own_data_type()
    {
        var policy = Policy(Rule("Permit", Apply("anyURI-is-in", $"<AttributeValue DataType='{DataTypes.AnyUri}'>top</AttributeValue>" + Of("resource-ancestor", DataTypes.AnyUri))));
        var request = new XacmlRequestBuilder().Add(Categories.Resource, ResourceId, DataTypes.AnyUri, "left").Build();
        Assert.Equal(Decision.Permit, Load(policy).Evaluate(request).Decision);
    }

    [Fact]
    public void Should_decide_about_each_node_by_what_is_above_it()
    {
        // Whoever asks about a node and all below it gets an answer for each: here, yes for what is below "left".
        var pdp = Load(Policy(Rule("Permit", Apply("string-is-in", Text("left") + Of("resource-ancestor", DataTypes.String)))));
        var request = Formats.Requests.Xml(Formats.Requests.Category(
            Categories.Resource, Formats.Requests.Attribute(ResourceId, "top") + Formats.Requests.Attribute(Prefix + "scope", "Descendants")));
        Assert.Equal(
            [Decision.NotApplicable, Decision.NotApplicable, Decision.NotApplicable, Decision.Permit], Formats.Requests.Decisions(pdp, request));
    }

    [Fact]
    public void Should_be_indeterminate_if_the_hierarchy_fails()
    {
        var pdp = Load(Policy(Rule("Permit", Apply("string-is-in", Text("x") + Of("resource-parent", DataTypes.String)))));
        var result = pdp.Evaluate(new XacmlRequestBuilder().Add(Categories.Resource, ResourceId, DataType.String, "broken").Build());
        Assert.Equal([StatusCodes.ProviderFailed], result.MinorStatusCodes);
    }

    [Fact]
    public void Should_cover_what_is_below_a_URI()
    {
        var below = Apply("anyURI-starts-with", Text("file:///home/") + Apply(
            "anyURI-one-and-only", Attribute(ResourceId, type: DataTypes.AnyUri).Replace(Subject, Categories.Resource, StringComparison.Ordinal)), "3.0");
        var pdp = PolicyDecisionPoint.Load([new("p", Policy(Rule("Permit", below)))]);
        Decision Of(string uri) => pdp.Evaluate(new XacmlRequestBuilder().Add(Categories.Resource, ResourceId, DataTypes.AnyUri, uri).Build()).Decision;
        Assert.Equal((Decision.Permit, Decision.NotApplicable), (Of("file:///home/ann/a.txt"), Of("file:///etc/passwd")));
    }

    private static string Read(string attribute, XacmlRequest request)
    {
        var duty = "<ObligationExpressions><ObligationExpression ObligationId='o' FulfillOn='Permit'>"
            + $"<AttributeAssignmentExpression AttributeId='a'>{Of(attribute, DataTypes.String)}</AttributeAssignmentExpression></ObligationExpression></ObligationExpressions>";
        return string.Join(' ', Load(Policy(Rule("Permit", rest: duty))).Evaluate(request).Obligations.Single().Assignments.Select(one => one.Value).Order());
    }

    private static string Of(string attribute, string type) =>
        Attribute(Prefix + attribute, type: type).Replace(Subject, Categories.Resource, StringComparison.Ordinal);

    private static PolicyDecisionPoint Load(string policy) => PolicyDecisionPoint.Load([new("p", policy)], new PdpOptions { ResourceHierarchy = new Graph() });

    private sealed class Graph : IResourceHierarchy
    {
        public IEnumerable<string> Children(string resourceId) => resourceId switch
        {
            "top" => ["left", "shared"],
            "left" or "shared" => ["deep"],
            _ => [],
        };

        // With a node that has two parents, and one that is above itself.
        public IEnumerable<string> Parents(string resourceId) => resourceId switch
        {
            "deep" => ["left", "shared"],
            "left" or "shared" => ["top"],
            "circle" => ["circle"],
            "broken" => throw new IOException("gone"),
            _ => [],
        };
    }
}
