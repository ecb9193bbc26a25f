using System.Buffers;
using System.Text;

namespace Provisioning.Xacml.Testing;

/// <summary>One of the two forms in which requests and responses travel.</summary>
internal sealed record Wire(string Form, Func<PolicyDecisionPoint, ReadOnlyMemory<byte>, IBufferWriter<byte>, bool> Answer, Func<byte[], Answer> Read)
{
    public static readonly Wire Xml = new("xml", XacmlXml.Answer, XmlAnswer.Read);
    public static readonly Wire Json = new("json", XacmlJson.Answer, JsonAnswer.Read);

    public string RequestFile => "Request." + Form;

    public string ResponseFile => "Response." + Form;

    /// <summary>Answers a request, from text to text, and says whether it was taken for a request.</summary>
    public (bool IsRequest, string Response) Ask(PolicyDecisionPoint pdp, byte[] request)
    {
        var response = new ArrayBufferWriter<byte>();
        var isRequest = Answer(pdp, request, response);
        return (isRequest, Encoding.UTF8.GetString(response.WrittenSpan));
    }
}
