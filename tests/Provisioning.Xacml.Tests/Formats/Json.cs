using System.Buffers;
using System.Text;
using static Provisioning.Xacml.Tests.Formats.Requests;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests.Formats;

public class When_a_request_is_JSON
{
    [Theory]
    [InlineData("""{"AttributeId":"a","Value":"x"}""", "string", "x")]
    [InlineData("""{"Value":"x","AttributeId":"a"}""", "string", "x")]
    [InlineData("""[{"AttributeId":"a","Value":["x","y"]}]""", "string", "x,y")]
    [InlineData("""{"AttributeId":"a","Value":true}""", "boolean", "true")]
    [InlineData("""{"AttributeId":"a","Value":7}""", "integer", "7")]
    [InlineData("""{"AttributeId":"a","Value":7.5}""", "double", "7.5")]
    [InlineData("""{"AttributeId":"a","Value":[7,7.5]}""", "double", "7,7.5")]
    [InlineData("""{"AttributeId":"a","DataType":"integer","Value":"7"}""", "integer", "7")]
    [InlineData("""{"AttributeId":"a","DataType":"http://www.w3.org/2001/XMLSchema#double","Value":"-INF"}""", "double", "-INF")]
    [InlineData("""{"AttributeId":"a","DataType":"date","Value":"2020-02-29"}""", "date", "2020-02-29")]
    [InlineData("""{"AttributeId":"\u0061","Value":"\ud83d\ude00"}""", "string", "😀")]
    [InlineData("""{"AttributeId":"a","Value":[],"DataType":"string"}""", "string", "")]
    public void Should_understand_attributes(string attribute, string type, string values)
    {
        var context = XacmlJson.ReadRequest(Json($$"""
            "AccessSubject":{"Attribute":{{attribute}}}
            """));
        var bag = context.For(context.Categories).Find(Subject, "a", DataType.All.Single(one => one.Name == type));
        Assert.Equal(values, string.Join(',', Enumerable.Range(0, bag.Count).Select(bag.Text)));
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("{}", "Request")]
    [InlineData("""{"Request":{}}""", "categories")]
    [InlineData("""{"Request":{"Category":[]},"More":1}""", "categories")]
    [InlineData("""{"Request":{"Category":[{"CategoryId":"c"}]}} {}""", "")]
    [InlineData("""{"Request":{"Category":[{"CategoryId":"c"}]},"Response":[]}""", "Response")]
    [InlineData("""{"Request":{"Category":[{"Attribute":[]}]}}""", "CategoryId")]
    [InlineData("""{"Request":{"Category":[{"CategoryId":"c","CategoryId":"c"}]}}""", "twice")]
    [InlineData("""{"Request":{"Category":[{"CategoryId":"c"}],"Category":[]}}""", "twice")]
    [InlineData("""{"Request":{"category":[{"CategoryId":"c"}]}}""", "category")]
    [InlineData("""{"Request":{"ReturnPolicyIdList":"true","Category":[{"CategoryId":"c"}]}}""", "true or false")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a"}]}}}""", "Value")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"Value":"a"}]}}}""", "AttributeId")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":null,"Value":"a"}]}}}""", "null")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","Value":null}]}}}""", "null")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","Value":["x",1]}]}}}""", "array")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","Value":[["x"]]}]}}}""", "array")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","DataType":"string","Value":1}]}}}""", "number")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","DataType":"integer","Value":1.5}]}}}""", "integer")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","DataType":"urn:x","Value":"a"}]}}}""", "urn:x")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","DataType":"date","Value":"yesterday"}]}}}""", "yesterday")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","Value":"\ud83d"}]}}}""", "")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","DataType":"integer","Value":"7\u0000"}]}}}""", "integer")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","DataType":"integer","Value":"77777777777777777777\u0000"}]}}}""", "integer")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","DataType":"dnsName","Value":"example.org:80\u0000"}]}}}""", "dnsName")]
    [InlineData("""{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"a","DataType":"ipAddress","Value":"10.0.0.1:80-90\u0000"}]}}}""", "ipAddress")]
    [InlineData("""{"Request":{"Resource":{"Content":"neither"}}}""", "Content")]
    [InlineData("""{"Request":{"Resource":{"Content":"PGE+/zwvYT4="}}}""", "Content")]
    [InlineData("""{"Request":{"Resource":{"Content":"<!DOCTYPE a []><a/>"}}}""", "DTD")]
    [InlineData("""{"Request":{"Action":{},"MultiRequests":{"RequestReference":[{"ReferenceId":"a"}]}}}""", "array")]
    public void Should_refuse_what_the_profile_does_not_know(string request, string named) =>
        Assert.Contains(named, Fault(request), StringComparison.Ordinal);

    [Fact]
    public void Should_refuse_deep_nesting() => Assert.Contains("depth", Fault(
        """{"Request":{"Action":{"Attribute":{"AttributeId":"a","Value":""" + new string('[', 200) + new string(']', 200) + "}}}}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("a")]
    [InlineData("nobody-asks")]
    public void Should_refuse_half_a_character_whether_the_value_matters_or_not(string id)
    {
        var pdp = Load(Policy(Rule("Permit", Apply("string-is-in", Text("x") + Policies.Attribute("a")))));
        var request = Json($$$"""
            "AccessSubject":{"Attribute":{"AttributeId":"{{{id}}}","DataType":"string","Value":"\ud83d"}}
            """);
        Assert.Throws<XacmlSyntaxException>(() => XacmlJson.ReadRequest(request, pdp));
    }

    [Fact]
    public void Should_refuse_half_a_character_in_a_string_rather_than_read_another()
    {
        var request = Json("\"AccessSubject\":{\"Attribute\":{\"AttributeId\":\"a\",\"Value\":\"\uD83D\"}}");
        Assert.Throws<XacmlSyntaxException>(() => XacmlJson.ReadRequest(request));
    }

    [Theory]
    [InlineData("""{"AttributeId":"a","DataType":"string","Value":["x","y"],"IncludeInResult":true}""")]
    [InlineData("""{"Value":["x","y"],"IncludeInResult":true,"AttributeId":"a"}""")]
    public void Should_count_a_value_that_is_to_be_returned_but_once(string attribute)
    {
        var pdp = PolicyDecisionPoint.Load([new("p", Policy(""))], new() { RequestLimits = new() { Values = 2 } });
        Assert.Single(XacmlJson.ReadRequest(Json($$$"""
            "AccessSubject":{"Attribute":{{{attribute}}}}
            """), pdp).Categories);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    public void Should_understand_content_in_base64_in_any_encoding_of_xml(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] xml = [.. encoding.Preamble, .. encoding.GetBytes($"<?xml version='1.0' encoding='{name}'?><a>é</a>")];
        var request = Json($$"""
            "Resource":{"Content":"{{Convert.ToBase64String(xml)}}"}
            """);
        Assert.Equal("é", XacmlJson.ReadRequest(request).Categories[0].Content!.Root.Value);
    }

    [Theory]
    [InlineData("<p:a xmlns:p='urn:people'>ann</p:a>")]
    [InlineData("PHA6YSB4bWxuczpwPSd1cm46cGVvcGxlJz5hbm48L3A6YT4=")]
    public void Should_look_into_content(string content)
    {
        var xpath = $"<AttributeValue DataType='{DataTypes.XPathExpression}' XPathCategory='{Resource}'>//*[.='ann']</AttributeValue>";
        var pdp = Load(Policy(Rule("Permit", Apply("xpath-node-equal", xpath + xpath, "3.0"))));
        var request = Json($$"""
            "Resource":{"Content":"{{content}}"}
            """);
        Assert.Equal(Decision.Permit, pdp.Evaluate(XacmlJson.ReadRequest(request, pdp)).Results[0].Decision);
    }

    [Fact]
    public void Should_repeat_an_xpath_with_its_namespaces()
    {
        const string XPath = """{"XPathCategory":"urn:oasis:names:tc:xacml:3.0:attribute-category:resource","Namespaces":[{"Prefix":"p","Namespace":"urn:people"}],"XPath":"//p:one"}""";
        var request = Json($$"""
            "Resource":{"Attribute":[{"AttributeId":"a","IncludeInResult":true,"Value":{{XPath}}}]}
            """);
        var response = new ArrayBufferWriter<byte>();
        Assert.True(XacmlJson.Answer(Load(Policy("")), Encoding.UTF8.GetBytes(request), response));
        Assert.Contains(XPath, Encoding.UTF8.GetString(response.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_answer_what_is_no_request_with_a_syntax_error()
    {
        var response = new ArrayBufferWriter<byte>();
        Assert.False(XacmlJson.Answer(Load(Policy("")), "nonsense"u8.ToArray(), response));
        Assert.Contains("syntax-error", Encoding.UTF8.GetString(response.WrittenSpan), StringComparison.Ordinal);
    }
}
