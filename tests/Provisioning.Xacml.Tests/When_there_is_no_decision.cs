using System.Text.Json;
using System.Xml.Linq;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

/// <summary>What the status of an answer says: the code of the standard, codes that qualify it, the attributes that are missing.</summary>
public class When_there_is_no_decision
{
    private const string Prefix = "urn:provisioning:xacml:status:";

    public static TheoryData<string, string> Causes => new()
    {
        { Apply("integer-equal", Apply("integer-divide", Number("1") + Apply("integer-subtract", Number("1") + Number("1"))) + Number("1")), "division-by-zero" },
        { Apply("string-equal", Apply("string-one-and-only", Attribute("absent")) + Text("a")), "not-one-value" },
        { Apply("string-regexp-match", Apply("string-one-and-only", Attribute("long")) + Text("a")), "limit-reached" },
        { Apply("string-is-in", Text("a") + Attribute("provided")), "attribute-provider-failed" },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void Should_say_what_kind_of_error_it_was(string condition, string minor)
    {
        var pdp = PolicyDecisionPoint.Load([new("p", Policy(Rule("Permit", condition)))], new PdpOptions { AttributeProviders = [new Broken()] });
        var result = pdp.Evaluate(Request(("long", new string('x', 20_000))));
        Assert.Equal((Decision.Indeterminate, StatusCodes.ProcessingError), (result.Decision, result.StatusCode));
        Assert.Equal([Prefix + minor], result.MinorStatusCodes);
    }

    [Fact]
    public void Should_say_that_several_policies_are_applicable()
    {
        var options = new PdpOptions { RootCombiningAlgorithm = "urn:oasis:names:tc:xacml:1.0:policy-combining-algorithm:only-one-applicable" };
        var pdp = PolicyDecisionPoint.Load([new("a", Policy(Rule("Permit"), id: "a")), new("b", Policy(Rule("Permit"), id: "b"))], options);
        Assert.Equal([Prefix + "several-applicable"], pdp.Evaluate(Request()).MinorStatusCodes);
    }

    [Fact]
    public void Should_nest_the_codes_in_XML_and_in_JSON_as_deep_as_they_go()
    {
        var function = Function.Create("urn:test:fails", DataType.String, DataType.Boolean, (string _) =>
            new Failure("urn:test:outer", "it fails") { MinorCodes = ["urn:test:inner", "urn:test:innermost"] });
        var condition = $"<Apply FunctionId='urn:test:fails'>{Apply("string-one-and-only", Attribute("a"))}</Apply>";
        var pdp = PolicyDecisionPoint.Load([new("p", Policy(Rule("Permit", condition)))], new PdpOptions { Functions = [function] });
        var response = new XacmlResponse([pdp.Evaluate(Request(("a", "b")))]);

        var codes = XDocument.Parse(XacmlXml.WriteResponse(response)).Descendants().Where(element => element.Name.LocalName == "StatusCode").ToList();
        Assert.Equal(["urn:test:outer", "urn:test:inner", "urn:test:innermost"], codes.Select(code => (string?)code.Attribute("Value")));
        Assert.True(codes[2].Parent == codes[1] && codes[1].Parent == codes[0] && codes[0].Parent!.Name.LocalName == "Status");

        using var json = JsonDocument.Parse(XacmlJson.WriteResponse(response));
        var status = json.RootElement.GetProperty("Response")[0].GetProperty("Status");
        Assert.Equal("it fails", status.GetProperty("StatusMessage").GetString());
        var inner = status.GetProperty("StatusCode").GetProperty("StatusCode");
        Assert.Equal("urn:test:innermost", inner.GetProperty("StatusCode").GetProperty("Value").GetString());
    }

    [Fact]
    public void Should_detail_the_missing_attribute_in_XML_and_in_JSON()
    {
        var response = new XacmlResponse([Load(Policy(Policies.Broken("Permit"))).Evaluate(Request())]);
        var detail = XDocument.Parse(XacmlXml.WriteResponse(response)).Descendants().Single(element => element.Name.LocalName == "MissingAttributeDetail");
        Assert.Equal(("absent", "StatusDetail"), ((string?)detail.Attribute("AttributeId"), detail.Parent!.Name.LocalName));
        using var json = JsonDocument.Parse(XacmlJson.WriteResponse(response));
        var missing = json.RootElement.GetProperty("Response")[0].GetProperty("Status").GetProperty("StatusDetail")[0];
        Assert.Equal((Subject, "absent", DataTypes.String), (
            missing.GetProperty("Category").GetString(), missing.GetProperty("AttributeId").GetString(), missing.GetProperty("DataType").GetString()));
    }

    [Fact]
    public void Should_detail_nothing_where_the_standard_forbids_it()
    {
        // Core 5.57: no StatusDetail with ok, syntax-error and processing-error.
        var failing = Policy(Rule("Permit", Apply("string-equal", Apply("string-one-and-only", Attribute("absent")) + Text("a"))));
        foreach (var policy in new[] { Policy(Rule("Permit")), failing })
            Assert.DoesNotContain("StatusDetail", XacmlXml.WriteResponse(new XacmlResponse([Load(policy).Evaluate(Request())])), StringComparison.Ordinal);
    }

    private static string Number(string text) => $"<AttributeValue DataType='{DataTypes.Integer}'>{text}</AttributeValue>";

    private sealed class Broken : IAttributeProvider
    {
        public Bag? Find(AttributeQuery query) => query.AttributeId == "provided" ? throw new InvalidOperationException("gone") : null;
    }
}
