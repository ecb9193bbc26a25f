using System.Buffers;
using System.Text;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Requests and responses as XML. Readers accept no DTD and nothing external, and keep to the limits of the decision point.</summary>
public static class XacmlXml
{
    /// <summary>Reads a request.</summary>
    /// <param name="xml">The XML text.</param>
    /// <param name="reader">Who will decide: its data types and limits hold, and what its policies do not ask for is only checked. Without one,
    /// everything is kept.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request.</exception>
    public static XacmlRequestContext ReadRequest(string xml, PolicyDecisionPoint? reader = null)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Read(new StringReader(xml), null, reader);
    }

    /// <summary>Reads a request.</summary>
    /// <param name="xml">The XML text in UTF-8, or in the encoding that it declares; left open.</param>
    /// <param name="reader">Who will decide, see <see cref="ReadRequest(string, PolicyDecisionPoint?)"/>.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request.</exception>
    public static XacmlRequestContext ReadRequest(Stream xml, PolicyDecisionPoint? reader = null)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Read(null, xml, reader);
    }

    /// <summary>Answers a request, from text to text.</summary>
    /// <param name="pdp">Who decides.</param>
    /// <param name="request">The request as XML in UTF-8.</param>
    /// <param name="response">Where the response is written to, in UTF-8.</param>
    /// <returns>Whether the request was one. If not, the response says so: Indeterminate, syntax-error.</returns>
    public static bool Answer(PolicyDecisionPoint pdp, ReadOnlyMemory<byte> request, IBufferWriter<byte> response)
    {
        ArgumentNullException.ThrowIfNull(pdp);
        ArgumentNullException.ThrowIfNull(response);
        try
        {
            using var stream = MemoryText.Open(request);
            WriteResponse(pdp.Evaluate(ReadRequest(stream, pdp)), response);
            return true;
        }
        catch (XacmlSyntaxException error)
        {
            WriteResponse(XacmlResponse.To(error), response);
            return false;
        }
    }

    /// <summary>Writes a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="utf8">Where to.</param>
    public static void WriteResponse(XacmlResponse response, IBufferWriter<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(utf8);
        XmlResponseWriter.Write(response, utf8);
    }

    /// <summary>Writes a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="utf8">Where to; left open.</param>
    public static void WriteResponse(XacmlResponse response, Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        var buffer = new ArrayBufferWriter<byte>();
        WriteResponse(response, buffer);
        utf8.Write(buffer.WrittenSpan);
    }

    /// <summary>Writes a response.</summary>
    /// <param name="response">The response.</param>
    /// <returns>The XML text.</returns>
    public static string WriteResponse(XacmlResponse response)
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteResponse(response, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static RequestLimits LimitsOf(PolicyDecisionPoint? reader) => reader?.Limits ?? RequestLimits.Default;

    private static XacmlRequestContext Read(TextReader? text, Stream? stream, PolicyDecisionPoint? reader)
    {
        var limits = LimitsOf(reader);
        try
        {
            // Opening reads a first piece already, which can be wrong.
            using var xml = text is null ? SafeXml.Open(stream!, limits.Length) : SafeXml.Open(text, limits.Length);
            return new XmlRequestReader(xml, new RequestAssembler(reader?.Vocabulary ?? RequestVocabulary.Everything, limits)).Read();
        }
        catch (XmlException error)
        {
            throw new XacmlSyntaxException(error.Message, error);
        }
    }
}
