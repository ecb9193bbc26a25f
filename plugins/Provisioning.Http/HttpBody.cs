using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Http;

/// <summary>The content of a request, kept as bytes so that it can be sent again after a fresh token.</summary>
public sealed class HttpBody
{
    private readonly byte[] _bytes;
    private readonly MediaTypeHeaderValue _mediaType;

    private HttpBody(byte[] bytes, string mediaType) => (_bytes, _mediaType) = (bytes, MediaTypeHeaderValue.Parse(mediaType));

    /// <summary>A JSON document.</summary>
    public static HttpBody Json(JsonNode document, string mediaType = "application/json") => Text(document.ToJsonString(), mediaType);

    /// <summary>Text in UTF-8.</summary>
    public static HttpBody Text(string text, string mediaType) => new(Encoding.UTF8.GetBytes(text), mediaType);

    internal HttpContent ToContent() => new ByteArrayContent(_bytes) { Headers = { ContentType = _mediaType } };
}
