using System.Text;

namespace Provisioning.Xacml.Tests.Formats;

/// <summary>Requests as text, and what the formats make of them.</summary>
internal static class Requests
{
    public const string Resource = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource";
    public const string ActionCategory = "urn:oasis:names:tc:xacml:3.0:attribute-category:action";

    public static string Xml(string body, string flags = "ReturnPolicyIdList='false' CombinedDecision='false'") =>
        $"<Request xmlns='urn:oasis:names:tc:xacml:3.0:core:schema:wd-17' xmlns:p='urn:people' {flags}>{body}</Request>";

    public static string Category(string category, string body, string id = "") =>
        $"<Attributes Category='{category}'{(id.Length == 0 ? "" : $" xml:id='{id}'")}>{body}</Attributes>";

    public static string Attribute(string id, params string[] values) => AttributeOf(DataTypes.String, id, values);

    public static string AttributeOf(string type, string id, params string[] values) =>
        $"<Attribute AttributeId='{id}' IncludeInResult='false'>{string.Concat(values.Select(value => $"<AttributeValue DataType='{type}'>{value}</AttributeValue>"))}</Attribute>";

    public static string Json(string body) => "{\"Request\":{" + body + "}}";

    public static Decision[] Decisions(PolicyDecisionPoint pdp, string xml) =>
        [.. pdp.Evaluate(XacmlXml.ReadRequest(xml, pdp)).Results.Select(result => result.Decision)];

    public static string Fault(string request) => Assert.Throws<XacmlSyntaxException>(() =>
        request.StartsWith('<') ? XacmlXml.ReadRequest(request) : XacmlJson.ReadRequest(Encoding.UTF8.GetBytes(request))).Message;
}
