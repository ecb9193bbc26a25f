using System.Buffers;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Requests and responses as XML. Readers accept no DTD and nothing external, and keep to the limits of the decision point.</summary>
public static class XacmlXml
{
    private static readonly TextFormat Format = new(Read, XmlResponseWriter.Write);

    /// <summary>Reads a request.</summary>
    /// <param name="xml">The XML text.</param>
    /// <param name="reader">Who will decide: its data types and limits hold, and what its policies do not ask for is only checked. Without one,
    /// everything is kept.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request.</exception>
    public static XacmlRequestContext ReadRequest(string xml, PolicyDecisionPoint? reader = null)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return ReadFully(new StringReader(xml), reader);
    }

    /// <summary>Reads a request.</summary>
    /// <param name="xml">The XML text in UTF-8, or in the encoding that it declares; left open.</param>
    /// <param name="reader">Who will decide, see <see cref="ReadRequest(string, PolicyDecisionPoint?)"/>.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request.</exception>
    public static XacmlRequestContext ReadRequest(Stream xml, PolicyDecisionPoint? reader = null) => Format.Read(xml, reader);

    /// <summary>Answers a request, from text to text.</summary>
    /// <param name="pdp">Who decides.</param>
    /// <param name="request">The request as XML in UTF-8, or in the encoding that it declares.</param>
    /// <param name="response">Where the response is written to, in UTF-8.</param>
    /// <returns>Whether the request was one. If not, the response says so: Indeterminate, syntax-error.</returns>
    public static bool Answer(PolicyDecisionPoint pdp, ReadOnlyMemory<byte> request, IBufferWriter<byte> response) =>
        Format.Answer(pdp, request, response);

    /// <summary>Writes a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="utf8">Where to.</param>
    public static void WriteResponse(XacmlResponse response, IBufferWriter<byte> utf8) => Format.Write(response, utf8);

    /// <summary>Writes a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="utf8">Where to; left open.</param>
    public static void WriteResponse(XacmlResponse response, Stream utf8) => Format.Write(response, utf8);

    /// <summary>Writes a response.</summary>
    /// <param name="response">The response.</param>
    /// <returns>The XML text.</returns>
    public static string WriteResponse(XacmlResponse response) => Format.Write(response);

    /// <summary>Reads a request with XmlReader, which understands all of XML.</summary>
    internal static XacmlRequestContext ReadFully(ReadOnlyMemory<byte> xml, PolicyDecisionPoint? reader)
    {
        var limit = TextFormat.LimitsOf(reader).Length;
        if (xml.Length > limit) throw MemoryText.TooLong(limit);
        try
        {
            return ReadFully(new StringReader(XmlText.Decode(xml.Span)), reader);
        }
        catch (XmlException error)
        {
            throw new XacmlSyntaxException(XmlFault.Say(error), error);
        }
    }

    private static XacmlRequestContext Read(ReadOnlyMemory<byte> xml, PolicyDecisionPoint? reader) =>
        (reader is null ? null : PlainRequest.Read(xml.Span, reader, isJson: false)) ?? ReadFully(xml, reader);

    private static XacmlRequestContext ReadFully(TextReader text, PolicyDecisionPoint? reader)
    {
        var limit = TextFormat.LimitsOf(reader).Length;
        try
        {
            // Opening reads a first piece already, which can be wrong.
            using var xml = SafeXml.Open(text, limit);
            return new XmlRequestReader(xml, TextFormat.AssemblerFor(reader)).Read();
        }
        catch (XmlException error)
        {
            throw new XacmlSyntaxException(XmlFault.Say(error), error);
        }
    }
}
