namespace Provisioning.Xacml.Testing;

/// <summary>One of the two forms in which requests and responses travel.</summary>
internal sealed record Wire(string Form, Func<PolicyDecisionPoint, string, string> Ask, Func<string, Answer> Read)
{
    public static readonly Wire Xml = new("xml", (pdp, request) => XacmlXml.WriteResponse(pdp.Evaluate(XacmlXml.ReadRequest(request))), XmlAnswer.Read);
    public static readonly Wire Json = new("json", (pdp, request) => XacmlJson.WriteResponse(pdp.Evaluate(XacmlJson.ReadRequest(request))), JsonAnswer.Read);

    public string RequestFile => "Request." + Form;

    public string ResponseFile => "Response." + Form;
}
