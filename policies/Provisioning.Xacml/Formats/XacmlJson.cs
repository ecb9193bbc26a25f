using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Provisioning.Xacml;

/// <summary>Requests and responses of the JSON profile 1.1 (media type application/xacml+json).</summary>
public static class XacmlJson
{
    /// <summary>Reads a request.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="reader">Who will decide: its data types and limits hold, and what its policies do not ask for is only checked. Without one,
    /// everything is kept.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request.</exception>
    public static XacmlRequestContext ReadRequest(string json, PolicyDecisionPoint? reader = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ReadRequest(Encoding.UTF8.GetBytes(json), reader);
    }

    /// <summary>Reads a request.</summary>
    /// <param name="utf8">The JSON text; left open.</param>
    /// <param name="reader">Who will decide, see <see cref="ReadRequest(string, PolicyDecisionPoint?)"/>.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request.</exception>
    public static XacmlRequestContext ReadRequest(Stream utf8, PolicyDecisionPoint? reader = null)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        return ReadRequest(MemoryText.ReadAll(utf8, LimitsOf(reader).Length).Span, reader);
    }

    /// <summary>Reads a request.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <param name="reader">Who will decide, see <see cref="ReadRequest(string, PolicyDecisionPoint?)"/>.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request.</exception>
    public static XacmlRequestContext ReadRequest(ReadOnlySpan<byte> utf8, PolicyDecisionPoint? reader = null)
    {
        var limits = LimitsOf(reader);
        if (utf8.Length > limits.Length) throw MemoryText.TooLong(limits.Length);
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(utf8)) throw new XacmlSyntaxException("the request is not UTF-8");
        try
        {
            return new JsonRequestReader(utf8, new RequestAssembler(reader?.Vocabulary ?? RequestVocabulary.Everything, limits)).Read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is what the reader answers to an escape that is half a character.
            throw new XacmlSyntaxException(error.Message, error);
        }
    }

    /// <summary>Answers a request, from text to text.</summary>
    /// <param name="pdp">Who decides.</param>
    /// <param name="request">The request as JSON in UTF-8.</param>
    /// <param name="response">Where the response is written to, in UTF-8.</param>
    /// <returns>Whether the request was one. If not, the response says so: Indeterminate, syntax-error.</returns>
    public static bool Answer(PolicyDecisionPoint pdp, ReadOnlyMemory<byte> request, IBufferWriter<byte> response)
    {
        ArgumentNullException.ThrowIfNull(pdp);
        ArgumentNullException.ThrowIfNull(response);
        try
        {
            WriteResponse(pdp.Evaluate(ReadRequest(request.Span, pdp)), response);
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
        JsonResponseWriter.Write(response, utf8);
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
    /// <returns>The JSON text.</returns>
    public static string WriteResponse(XacmlResponse response)
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteResponse(response, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static RequestLimits LimitsOf(PolicyDecisionPoint? reader) => reader?.Limits ?? RequestLimits.Default;
}
