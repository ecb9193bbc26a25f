using static Provisioning.Xacml.Tests.Formats.Requests;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests.Formats;

public class When_policies_look_into_content
{
    private const string People = "<p:people xmlns:p='urn:people'><p:one age='7'>ann<!-- a comment -->a</p:one><p:one age='x'>bob</p:one><p:none/></p:people>";

    [Theory]
    [InlineData("string", "//p:one/text()", "ann", Decision.Permit)]
    [InlineData("string", "//p:one", "anna", Decision.Permit)]
    [InlineData("string", "//p:none", "", Decision.Permit)]
    [InlineData("string", "/p:people/p:one[2]", "bob", Decision.Permit)]
    [InlineData("string", "/p:people/p:one[1]/comment()", " a comment ", Decision.Permit)]
    [InlineData("integer", "//p:one[1]/@age", "7", Decision.Permit)]
    [InlineData("integer", "//p:one/@age", "7", Decision.Indeterminate)]
    [InlineData("string", "//q:one", "ann", Decision.NotApplicable)]
    public void Should_find_what_the_path_selects(string type, string path, string wanted, Decision expected)
    {
        var pdp = Load(Selecting(path, $"http://www.w3.org/2001/XMLSchema#{type}", wanted));
        Assert.Equal([expected], Decisions(pdp, Xml(Category(Resource, $"<Content>{People}</Content>"))));
    }

    [Theory]
    [InlineData(true, Decision.Indeterminate)]
    [InlineData(false, Decision.NotApplicable)]
    public void Should_need_content_only_if_it_must_be_present(bool needed, Decision expected)
    {
        var result = Load(Selecting("//p:one", DataTypes.String, "ann", needed)).Evaluate(XacmlXml.ReadRequest(Xml(Category(Resource, "")))).Results[0];
        Assert.Equal(expected, result.Decision);
        if (needed) Assert.Equal(StatusCodes.MissingAttribute, result.StatusCode);
    }

    [Theory]
    [InlineData("//r:one", "r")]
    [InlineData("//p:one[", "p:one[")]
    [InlineData("count(//p:one)", "Number")]
    [InlineData("document('file:///etc/passwd')", "document")]
    public void Should_refuse_paths_that_cannot_be_followed_when_policies_are_loaded(string path, string named) =>
        Assert.Contains(named, Assert.Single(Problems(Selecting(path, DataTypes.String, "ann"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_end_a_walk_that_takes_too_long()
    {
        var content = "<a>" + string.Concat(Enumerable.Repeat("<b/>", 2000)) + "</a>";
        var pdp = Load(Selecting("//*[count(//*[count(//*) > 0]) > 0]", DataTypes.String, "ann"));
        var result = pdp.Evaluate(XacmlXml.ReadRequest(Xml(Category(Resource, $"<Content>{content}</Content>")))).Results[0];
        Assert.Equal((Decision.Indeterminate, StatusCodes.ProcessingError), (result.Decision, result.StatusCode));
        Assert.Contains("steps", result.StatusMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xpath-node-count", "//p:one", null, Decision.Permit)]
    [InlineData("xpath-node-equal", "//p:one", "//p:one[2]", Decision.Permit)]
    [InlineData("xpath-node-equal", "//p:one[1]", "//p:one[2]", Decision.NotApplicable)]
    [InlineData("xpath-node-match", "/p:people", "//p:one/@age", Decision.Permit)]
    [InlineData("xpath-node-match", "//p:one", "/p:people", Decision.NotApplicable)]
    [InlineData("xpath-node-equal", "//p:one", "//nobody:one", Decision.Indeterminate)]
    public void Should_compare_and_count_nodes(string function, string first, string? second, Decision expected)
    {
        var call = Apply(function, XPath(first) + (second is null ? "" : XPath(second)), "3.0");
        var condition = second is null ? Apply("integer-equal", call + $"<AttributeValue DataType='{DataTypes.Integer}'>2</AttributeValue>") : call;
        Assert.Equal([expected], Decisions(Load(Prefixed(Policy(Rule("Permit", condition)))), Xml(Category(Resource, $"<Content>{People}</Content>"))));
    }

    [Fact]
    public void Should_start_at_the_node_that_an_attribute_selects()
    {
        var pdp = Load(Selecting("@age", DataTypes.String, "x", start: "urn:start"));
        string Request(string path) => Xml(Category(Resource, $"<Content>{People}</Content>" + Start(path)));
        Assert.Equal([Decision.Permit], Decisions(pdp, Request("//p:one[2]")));
        Assert.Equal([Decision.NotApplicable], Decisions(pdp, Request("//p:one[1]")));
        var several = pdp.Evaluate(XacmlXml.ReadRequest(Request("//p:one"))).Results[0];
        Assert.Equal((Decision.Indeterminate, StatusCodes.SyntaxError), (several.Decision, several.StatusCode));
    }

    [Theory]
    [InlineData("<Content/>", "exactly one element")]
    [InlineData("<Content>text</Content>", "exactly one element")]
    [InlineData("<Content><a/><b/></Content>", "exactly one element")]
    [InlineData("<Content><a/></Content><Content><a/></Content>", "Content")]
    public void Should_want_one_document_in_content(string content, string fault) =>
        Assert.Contains(fault, Fault(Xml(Category(Resource, content))), StringComparison.Ordinal);

    private static string Start(string path) =>
        $"<Attribute AttributeId='urn:start' IncludeInResult='false'>{XPath(path)}</Attribute>";

    private static string XPath(string path) =>
        $"<AttributeValue DataType='{DataTypes.XPathExpression}' XPathCategory='{Resource}'>{path.Replace(">", "&gt;")}</AttributeValue>";

    private static string Selecting(string path, string type, string wanted, bool needed = false, string? start = null) => Prefixed(Policy($"""
        <Rule RuleId="r" Effect="Permit"><Condition>
        {Apply($"{type[(type.IndexOf('#') + 1)..]}-is-in", $"<AttributeValue DataType='{type}'>{wanted}</AttributeValue>"
            + $"<AttributeSelector Category='{Resource}' Path=\"{path.Replace(">", "&gt;")}\" DataType='{type}' MustBePresent='{(needed ? "true" : "false")}' {(start is null ? "" : $"ContextSelectorId='{start}'")}/>")}
        </Condition></Rule>
        """));

    private static string Prefixed(string policy) => policy.Replace("<Policy ", "<Policy xmlns:p='urn:people' xmlns:q='urn:others' ", StringComparison.Ordinal);
}
