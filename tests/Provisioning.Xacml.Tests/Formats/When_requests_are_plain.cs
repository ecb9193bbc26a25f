using System.Buffers;
using System.Text;

namespace Provisioning.Xacml.Tests.Formats;

public class When_requests_are_plain
{
    private const string Subject = Categories.AccessSubject;
    private const string Text = "http://www.w3.org/2001/XMLSchema#string";
    private const string Integer = "http://www.w3.org/2001/XMLSchema#integer";
    private const string Start = "<Request xmlns=\"urn:oasis:names:tc:xacml:3.0:core:schema:wd-17\" ReturnPolicyIdList=\"false\" CombinedDecision=\"false\">";

    private static readonly string Role = Attribute("role", Text, "admin");

    private static readonly PolicySource Policy = new("p.xml", $"""
        <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="p" Version="1.0"
            RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-unless-permit"><Target/>
          <Rule RuleId="r" Effect="Permit"><Condition><Apply FunctionId="urn:oasis:names:tc:xacml:1.0:function:string-is-in">
            <AttributeValue DataType="{Text}">admin</AttributeValue>
            <AttributeDesignator Category="{Subject}" AttributeId="role" DataType="{Text}" MustBePresent="false"/></Apply></Condition></Rule>
        </Policy>
        """);

    private static readonly PolicyDecisionPoint Pdp = PolicyDecisionPoint.Load([Policy]);

    public static TheoryData<string> PlainXml => new(
        Request(Role),
        "\uFEFF" + Request(Role),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n" + Request(Role) + "\r\n",
        Request($"\n  {Role}\n  ").Replace(Start, Start + "\n\t"),
        Request(Role).Replace("CombinedDecision=\"false\"", "CombinedDecision=\"true\""),
        Request(Role).Replace("ReturnPolicyIdList=\"false\"", "ReturnPolicyIdList=\"true\""),
        Request(Attribute("role", Text, "guest", "admin") + Attribute("other", Integer, "1", " 2\n")),
        Request(Attribute("role", Text, "guest") + Role),
        Request(Attribute("role", Text, "Žofia 😀", "admin")),
        Request(Role).Replace("</Request>", "<Attributes Category=\"urn:other\"></Attributes></Request>"));

    public static TheoryData<string> PlainJson => new(
        Json($$"""{"AttributeId":"role","DataType":"{{Text}}","Value":["guest","admin"]}"""),
        Json("""{"AttributeId":"role","DataType":"string","Value":"admin","IncludeInResult":false}"""),
        Json("""{"Value":"admin","AttributeId":"role"}"""),
        Json("""{"Value":["admin"],"DataType":"string","AttributeId":"role"},{"AttributeId":"n","DataType":"integer","Value":"7"}"""),
        "\uFEFF" + Json(""" { "AttributeId" : "role" , "Value" : [ "Žofia" , "admin" ] } """) + "\n",
        """{"Request":{"Category":[{"Attribute":[{"AttributeId":"role","Value":"admin"}],"CategoryId":"AccessSubject"}],"ReturnPolicyIdList":true}}""");

    public static TheoryData<string> OtherXml => new(
        Request(Role.Replace("IncludeInResult=\"false\"", "IncludeInResult=\"true\"")),
        Request(Role.Replace("AttributeId=\"role\"", "AttributeId=\"role\" Issuer=\"me\"")),
        Request(Role.Replace("admin", "adm&#105;n")),
        Request(Role.Replace("admin", "<![CDATA[admin]]>")),
        Request(Role.Replace("admin", "ad<!-- -->min")),
        Request(Role.Replace("admin", "admin]]>")),
        Request(Role.Replace("admin", "admin\r\n")),
        Request(Role.Replace("admin", "admin\u0001")),
        Request(Role.Replace("admin", "admin\uFFFF")),
        Request(Role.Replace("AttributeId=\"role\"", "AttributeId=\"role\" AttributeId=\"role\"")),
        Request(Role.Replace("AttributeId=\"role\"", "AttributeId=\"\nrole\"")),
        Request(Role.Replace("AttributeId", "xml:AttributeId")),
        Request(Role.Replace(Text, "string")),
        Request(Attribute("other", Integer, "one")),
        Request(Attribute("other", "urn:no-type", "1")),
        Request(Attribute("other", DataTypes.XPathExpression, "/")),
        Request(Attribute("urn:oasis:names:tc:xacml:2.0:resource:scope", Text, "Children")),
        Request("<Attribute AttributeId=\"role\" IncludeInResult=\"false\"></Attribute>"),
        Request("text" + Role),
        Request("<Content><x/></Content>" + Role),
        Request(Role).Replace("</Request>", "") + "</Attributes>",
        Request(Role).Replace("</Request>", $"<Attributes Category=\"{Subject}\">{Role}</Attributes></Request>"),
        Request(Role).Replace(" xmlns=", " xmlns:x=\"urn:x\" xmlns="),
        Request(Role).Replace("wd-17", "wd-16"),
        Request(Role) + "<!-- end -->",
        Request(Role) + Request(Role),
        Start + "</Request>",
        "");

    public static TheoryData<string> OtherJson => new(
        Json("""{"AttributeId":"role","Value":"adm\u0069n"}"""),
        Json("""{"AttributeId":"role","Value":"admin","Issuer":"me"}"""),
        Json("""{"AttributeId":"role","Value":"admin","IncludeInResult":true}"""),
        Json("""{"AttributeId":"role","Value":"admin","Value":"admin"}"""),
        Json("""{"AttributeId":"role","AttributeId":"role","Value":"admin"}"""),
        Json("""{"AttributeId":"role","DataType":"string","Value":[]}"""),
        Json("""{"AttributeId":"n","Value":7}"""),
        Json("""{"AttributeId":"n","DataType":"integer","Value":"seven"}"""),
        Json("""{"AttributeId":"role","Value":"admin",}"""),
        Json("""{"AttributeId":"role","Value":["admin","admin"}"""),
        Json("""{"AttributeId":"role"}"""),
        Json("""{"AttributeId":"urn:oasis:names:tc:xacml:2.0:resource:scope","Value":"Children"}"""),
        Json("{\"AttributeId\":\"role\",\"Value\":\"ad\tmin\"}"),
        Json("""{"AttributeId":"role","Value":"admin"}""") + "x",
        """{"Request":{"AccessSubject":{"Attribute":[{"AttributeId":"role","Value":"admin"}]}}}""",
        """{"Request":{"Category":[{"CategoryId":"Resource","Attribute":[{"AttributeId":"a","Value":"b"}]},{"CategoryId":"urn:oasis:names:tc:xacml:3.0:attribute-category:resource","Attribute":[{"AttributeId":"a","Value":"b"}]}]}}""",
        "{}",
        "");

    [Theory]
    [MemberData(nameof(PlainXml))]
    public void Should_read_xml_in_the_short_way(string request)
    {
        Assert.NotNull(PlainRequest.Read(Encoding.UTF8.GetBytes(request), Pdp, isJson: false));
        Assert.Contains("Permit", Compared(request));
    }

    [Theory]
    [MemberData(nameof(PlainJson))]
    public void Should_read_json_in_the_short_way(string request)
    {
        Assert.NotNull(PlainRequest.Read(Encoding.UTF8.GetBytes(request), Pdp, isJson: true));
        Assert.Contains("Permit", Compared(request));
    }

    [Theory]
    [MemberData(nameof(OtherXml))]
    public void Should_leave_other_xml_to_the_long_way(string request)
    {
        Assert.Null(PlainRequest.Read(Encoding.UTF8.GetBytes(request), Pdp, isJson: false));
        Compared(request);
    }

    [Theory]
    [MemberData(nameof(OtherJson))]
    public void Should_leave_other_json_to_the_long_way(string request)
    {
        Assert.Null(PlainRequest.Read(Encoding.UTF8.GetBytes(request), Pdp, isJson: true));
        Compared(request);
    }

    [Fact]
    public void Should_keep_to_the_limits()
    {
        var limited = PolicyDecisionPoint.Load([], new() { RequestLimits = new() { Values = 1 } });
        Assert.NotNull(PlainRequest.Read(Encoding.UTF8.GetBytes(Request(Role)), limited, isJson: false));
        Assert.Null(PlainRequest.Read(Encoding.UTF8.GetBytes(Request(Role + Role)), limited, isJson: false));
    }

    [Fact]
    public void Should_know_only_the_data_types_of_the_decision_point_that_is_asked()
    {
        var own = Knowing(() => true);
        var request = Encoding.UTF8.GetBytes(Request(Attribute("other", "urn:own", "x")));
        Assert.NotNull(PlainRequest.Read(request, own, isJson: false));
        Assert.Null(PlainRequest.Read(request, Pdp, isJson: false));
    }

    [Fact]
    public void Should_keep_nothing_of_a_request_whose_reading_broke_off()
    {
        var own = Knowing(() => throw new InvalidOperationException());
        var broken = Encoding.UTF8.GetBytes(Request(Role + Attribute("other", "urn:own", "x")));
        Assert.Throws<InvalidOperationException>(() => PlainRequest.Read(broken, own, isJson: false));
        Assert.Contains("Deny", Compared(Request(Attribute("role", Text, "guest"))));
    }

    [Fact]
    public void Should_read_a_request_while_another_is_read()
    {
        var own = Knowing(() => Compared(Request(Role)).Contains("Permit", StringComparison.Ordinal));
        var request = Encoding.UTF8.GetBytes(Request(Attribute("role", Text, "guest") + Attribute("other", "urn:own", "x") + Attribute("role", Text, "user")));
        Assert.Equal(Decision.Deny, own.Evaluate(PlainRequest.Read(request, own, isJson: false)!).Results[0].Decision);
        Assert.Equal(Decision.Deny, own.Evaluate(PlainRequest.Read(request, own, isJson: false)!).Results[0].Decision);
    }

    /// <summary>A decision point with a data type of its own.</summary>
    private static PolicyDecisionPoint Knowing(Func<bool> accepts)
    {
        return PolicyDecisionPoint.Load([Policy], new() { DataTypes = [new DataType<string>("urn:own", "own", Parse, text => text)] });

        bool Parse(ReadOnlySpan<char> text, out string value)
        {
            value = text.ToString();
            return accepts();
        }
    }

    private static string Request(string attributes) => $"{Start}<Attributes Category=\"{Subject}\">{attributes}</Attributes></Request>";

    private static string Attribute(string id, string type, params string[] values) =>
        $"<Attribute AttributeId=\"{id}\" IncludeInResult=\"false\">{string.Concat(values.Select(value => $"<AttributeValue DataType=\"{type}\">{value}</AttributeValue>"))}</Attribute>";

    private static string Json(string attributes) =>
        $"{{\"Request\":{{\"Category\":[{{\"CategoryId\":\"{Subject}\",\"Attribute\":[{attributes}]}}]}}}}";

    /// <summary>The answer, which is the same on both ways.</summary>
    private static string Compared(string request)
    {
        var utf8 = Encoding.UTF8.GetBytes(request);
        var isXml = !request.Contains('{', StringComparison.Ordinal);
        var response = new ArrayBufferWriter<byte>();
        _ = isXml ? XacmlXml.Answer(Pdp, utf8, response) : XacmlJson.Answer(Pdp, utf8, response);
        var answered = Encoding.UTF8.GetString(response.WrittenSpan);
        XacmlResponse full;
        try
        {
            full = Pdp.Evaluate(isXml ? XacmlXml.ReadFully(utf8, Pdp) : XacmlJson.ReadFully(utf8, Pdp));
        }
        catch (XacmlSyntaxException error)
        {
            full = XacmlResponse.To(error);
        }

        Assert.Equal(isXml ? XacmlXml.WriteResponse(full) : XacmlJson.WriteResponse(full), answered);
        return answered;
    }
}
