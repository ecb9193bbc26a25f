using System.Buffers;
using System.Text;
using System.Xml.Linq;
using static Provisioning.Xacml.Tests.Formats.Requests;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests.Formats;

public class When_a_request_is_XML
{
    [Theory]
    [InlineData("<Request/>", "not an XACML 3.0 Request")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "DTD")]
    public void Should_refuse_other_documents(string text, string fault) => Assert.Contains(fault, Fault(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "no Attributes")]
    [InlineData("<Attributes/>", "Category")]
    [InlineData("<Attributes Category='c' Unknown='x'/>", "Unknown")]
    [InlineData("<Attributes Category='c'>text</Attributes>", "text")]
    [InlineData("<Attributes Category='c'><Thing/></Attributes>", "Thing")]
    [InlineData("<Attributes Category='c'><Attribute IncludeInResult='false'/></Attributes>", "AttributeId")]
    [InlineData("<Attributes Category='c'><Attribute AttributeId='a'/></Attributes>", "IncludeInResult")]
    [InlineData("<Attributes Category='c'><Attribute AttributeId='a' IncludeInResult='no'/></Attributes>", "neither true nor false")]
    [InlineData("<Attributes Category='c'><Attribute AttributeId='a' IncludeInResult='false'/></Attributes>", "no AttributeValue")]
    [InlineData("<MultiRequests><RequestReference><AttributesReference ReferenceId='a'/></RequestReference></MultiRequests><Attributes Category='c'/>", "Attributes")]
    [InlineData("<Attributes Category='c'/><MultiRequests/>", "RequestReference")]
    [InlineData("<Attributes Category='c'/><MultiRequests><RequestReference/></MultiRequests>", "AttributesReference")]
    [InlineData("<Attributes Category='c'/><RequestDefaults/>", "RequestDefaults")]
    [InlineData("<RequestDefaults><XPathVersion>urn:x</XPathVersion></RequestDefaults><Attributes Category='c'/>", "XPath version 'urn:x'")]
    [InlineData("<Attributes Category='c'/></Request><Request>", "")]
    [InlineData("<RequestDefaults/><Attributes Category='c'/>", "RequestDefaults has no XPathVersion")]
    [InlineData("<RequestDefaults>{xpath}{xpath}</RequestDefaults><Attributes Category='c'/>", "XPathVersion' does not belong")]
    [InlineData("<RequestDefaults>{xpath}</RequestDefaults><RequestDefaults>{xpath}</RequestDefaults><Attributes Category='c'/>", "RequestDefaults' does not belong")]
    [InlineData("<RequestDefaults x='1'>{xpath}</RequestDefaults><Attributes Category='c'/>", "RequestDefaults has no attribute 'x'")]
    [InlineData("<Attributes Category='c' p:note='1'/>", "no attribute 'p:note'")]
    [InlineData("<Attributes Category='c'><Content x='1'><a/></Content></Attributes>", "Content has no attribute 'x'")]
    [InlineData("<Attributes Category='c'><Attribute AttributeId='a' IncludeInResult='false' p:note='1'/></Attributes>", "no attribute 'p:note'")]
    [InlineData("<Attributes Category='c' xml:id='1'/>", "xml:id '1' is not a name")]
    [InlineData("<Attributes Category='c' xml:id='a'/><Attributes Category='d' xml:id='a'/>", "the id 'a' is that of more than one category")]
    [InlineData("<Attributes Category='c' xml:id='a'/><MultiRequests x='1'><RequestReference><AttributesReference ReferenceId='a'/></RequestReference></MultiRequests>", "MultiRequests has no attribute 'x'")]
    [InlineData("<Attributes Category='c' xml:id='a'/><MultiRequests><RequestReference x='1'><AttributesReference ReferenceId='a'/></RequestReference></MultiRequests>", "RequestReference has no attribute 'x'")]
    [InlineData("<Attributes Category='c' xml:id='a'/><MultiRequests><RequestReference><AttributesReference ReferenceId='a' x='1'/></RequestReference></MultiRequests>", "AttributesReference has no attribute 'x'")]
    public void Should_refuse_what_the_schema_does_not_allow(string body, string fault) => Assert.Contains(
        fault, Fault(Xml(body.Replace("{xpath}", "<XPathVersion>http://www.w3.org/TR/1999/REC-xpath-19991116</XPathVersion>", StringComparison.Ordinal))), StringComparison.Ordinal);

    [Theory]
    [InlineData("ReturnPolicyIdList='false'", "CombinedDecision")]
    [InlineData("CombinedDecision='false'", "ReturnPolicyIdList")]
    [InlineData("CombinedDecision='false' ReturnPolicyIdList='false' More='1'", "More")]
    public void Should_need_the_flags(string flags, string fault) => Assert.Contains(fault, Fault(Xml(Category("c", ""), flags)), StringComparison.Ordinal);

    [Theory]
    [InlineData(DataTypes.Integer, "seven")]
    [InlineData(DataTypes.Boolean, "TRUE")]
    [InlineData("urn:no-such-type", "x")]
    [InlineData(DataTypes.String, "<b/>")]
    public void Should_refuse_values_that_are_none_even_if_no_policy_asks_for_them(string type, string value)
    {
        var request = Xml(Category(Subject, AttributeOf(type, "unasked", value)));
        Assert.Throws<XacmlSyntaxException>(() => XacmlXml.ReadRequest(request, Load(Policy(Rule("Permit")))));
    }

    [Fact]
    public void Should_read_text_across_comments_and_sections()
    {
        var context = XacmlXml.ReadRequest(Xml(Category(Subject, Attribute("a", "x<!-- y --><![CDATA[<z>]]>&amp;"))));
        Assert.Equal("x<z>&", context.For(context.Categories).Find(Subject, "a", DataType.String).Values[0]);
    }

    [Fact]
    public void Should_merge_what_is_said_twice_about_an_attribute()
    {
        var context = XacmlXml.ReadRequest(Xml(Category(Subject, Attribute("a", "x") + Attribute("b", "y") + Attribute("a", "z"))));
        Assert.Equal(["x", "z"], context.For(context.Categories).Find(Subject, "a", DataType.String).Values.ToArray());
        Assert.Equal(["x", "z"], context.For(context.Categories).Find(Subject, "a", DataType.String).Values.ToArray());
    }

    [Fact]
    public void Should_not_be_decided_by_somebody_it_was_not_read_for()
    {
        var (one, other) = (Load(Policy(Rule("Permit"))), Load(Policy(Rule("Permit"))));
        var text = Xml(Category(Subject, Attribute("a", "x")));
        Assert.Throws<ArgumentException>(() => other.Evaluate(XacmlXml.ReadRequest(text, one)));
        Assert.Equal(Decision.Permit, other.Evaluate(XacmlXml.ReadRequest(text)).Results[0].Decision);
    }

    [Fact]
    public void Should_show_attribute_providers_everything()
    {
        var pdp = PolicyDecisionPoint.Load(
            [new("p", Policy(Rule("Permit", Apply("string-is-in", Text("boss") + Policies.Attribute("role")))))],
            new PdpOptions { AttributeProviders = [new RolesByName()] });
        Assert.Equal([Decision.Permit], Decisions(pdp, Xml(Category(Subject, Attribute("name", "ann")))));
    }

    [Fact]
    public void Should_keep_within_the_limits()
    {
        var pdp = PolicyDecisionPoint.Load([new("p", Policy(Rule("Permit")))], new PdpOptions { RequestLimits = new() { Values = 2, Length = 1000, Depth = 3 } });
        string Refused(string body) => Assert.Throws<XacmlSyntaxException>(() => XacmlXml.ReadRequest(Xml(body), pdp)).Message;
        Assert.Contains("2 attribute values", Refused(Category("c", Attribute("a", "1", "2", "3"))), StringComparison.Ordinal);
        Assert.Contains("3 elements", Refused(Category("c", "<Content><a><b><c><d/></c></b></a></Content>")), StringComparison.Ordinal);
        Refused(Category("c", Attribute("a", new string('x', 1000))));
    }

    [Fact]
    public void Should_repeat_what_is_to_be_included_and_escape_it()
    {
        var body = "<Attribute AttributeId='a&quot;&lt;' Issuer='me' IncludeInResult='true'><AttributeValue DataType='" + DataTypes.String
            + "'> &lt;&amp;&gt; &#13;é😀</AttributeValue></Attribute>";
        var response = new ArrayBufferWriter<byte>();
        Assert.True(XacmlXml.Answer(Load(Policy("")), Encoding.UTF8.GetBytes(Xml(Category(Subject, body, "one"))), response));
        var attributes = XDocument.Parse(Encoding.UTF8.GetString(response.WrittenSpan), LoadOptions.PreserveWhitespace).Descendants()
            .Single(element => element.Name.LocalName == "Attributes");
        Assert.Equal("one", (string?)attributes.Attribute(XNamespace.Xml + "id"));
        Assert.Equal("a\"<", (string?)attributes.Elements().Single().Attribute("AttributeId"));
        Assert.Equal(" <&> \ré😀", attributes.Value);
    }

    private sealed class RolesByName : IAttributeProvider
    {
        public Bag? Find(AttributeQuery query) => query.Request.Find(query.Category, "name", DataType.String).Contains("ann")
            ? DataType.String.BagOf("boss") : null;
    }

    [Fact]
    public void Should_write_responses_that_are_XML_whatever_they_hold()
    {
        var text = new string([.. Enumerable.Range(0, 0x10000).Select(code => (char)code)]);
        var result = new XacmlResult(Decision.Indeterminate, StatusCodes.ProcessingError, text, [], [], []);
        var message = XDocument.Parse(XacmlXml.WriteResponse(new XacmlResponse([result]))).Descendants().Single(element => element.Name.LocalName == "StatusMessage");
        Assert.Equal(0x10000, message.Value.Length);
    }
}
