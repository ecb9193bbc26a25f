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
    [InlineData("""{"Request":{"Resource":{"Content":"neither"}}}""", "Content")]
    [InlineData("""{"Request":{"Resource":{"Content":"<!DOCTYPE a []><a/>"}}}""", "DTD")]
    [InlineData("""{"Request":{"Action":{},"MultiRequests":{"RequestReference":[{"ReferenceId":"a"}]}}}""", "array")]
    public void Should_refuse_what_the_profile_does_not_know(string request, string named) =>
        Assert.Contains(named, Fault(request), StringComparison.Ordinal);

    [Fact]
    public void Should_refuse_deep_nesting() => Assert.Contains("depth", Fault(
        """{"Request":{"Action":{"Attribute":{"AttributeId":"a","Value":""" + new string('[', 200) + new string(']', 200) + "}}}}"), StringComparison.Ordinal);

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
