using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Provisioning.Xacml;

/// <summary>Requests and responses of the JSON profile 1.1 (media type application/xacml+json).</summary>
public static class XacmlJson
{
    // What is no text is refused: to replace it would make another request of it.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly TextFormat Format = new((utf8, reader) => ReadRequest(utf8.Span, reader), JsonResponseWriter.Write);

    /// <summary>Reads a request.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="reader">Who will decide: its data types and limits hold, and what its policies do not ask for is only checked. Without one,
    /// everything is kept.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request.</exception>
    public static XacmlRequestContext ReadRequest(string json, PolicyDecisionPoint? reader = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return ReadRequest(Strict.GetBytes(json), reader);
        }
        catch (EncoderFallbackException error)
        {
            throw new XacmlSyntaxException("the request holds half a character", error);
        }
    }

    /// <summary>Reads a request.</summary>
    /// <param name="utf8">The JSON text; left open.</param>
    /// <param name="reader">Who will decide, see <see cref="ReadRequest(string, PolicyDecisionPoint?)"/>.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request.</exception>
    public static XacmlRequestContext ReadRequest(Stream utf8, PolicyDecisionPoint? reader = null) => Format.Read(utf8, reader);

    /// <summary>Reads a request.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <param name="reader">Who will decide, see <see cref="ReadRequest(string, PolicyDecisionPoint?)"/>.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request.</exception>
    public static XacmlRequestContext ReadRequest(ReadOnlySpan<byte> utf8, PolicyDecisionPoint? reader = null) =>
        (reader is null ? null : PlainRequest.Read(utf8, reader, isJson: true)) ?? ReadFully(utf8, reader);

    /// <summary>Answers a request, from text to text.</summary>
    /// <param name="pdp">Who decides.</param>
    /// <param name="request">The request as JSON in UTF-8.</param>
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
    /// <returns>The JSON text.</returns>
    public static string WriteResponse(XacmlResponse response) => Format.Write(response);

    /// <summary>Reads a request with Utf8JsonReader, which understands all of JSON.</summary>
    internal static XacmlRequestContext ReadFully(ReadOnlySpan<byte> utf8, PolicyDecisionPoint? reader)
    {
        var limits = TextFormat.LimitsOf(reader);
        if (utf8.Length > limits.Length) throw MemoryText.TooLong(limits.Length);
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(utf8)) throw new XacmlSyntaxException("the request is not UTF-8");
        try
        {
            return new JsonRequestReader(utf8, TextFormat.AssemblerFor(reader)).Read();
        }
        catch (JsonException error)
        {
            throw new XacmlSyntaxException(Say(error), error);
        }
        catch (InvalidOperationException error)
        {
            // What the reader answers to an escape that is half a character.
            throw new XacmlSyntaxException("the request holds half a character", error);
        }
    }

    // The place in our words, not in those of the reader, which has it at the end.
    private static string Say(JsonException error)
    {
        var place = error.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: {XmlFault.Lower(place < 0 ? error.Message : error.Message[..place])}");
    }
}
