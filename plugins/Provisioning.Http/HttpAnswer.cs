using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Provisioning.Http;

/// <summary>What came back: a success or a refusal, its content already read.</summary>
public sealed class HttpAnswer
{
    private readonly Lazy<JsonNode?> _document;

    internal HttpAnswer(HttpResponseMessage response, string? text, TimeProvider time)
    {
        (Status, IsSuccess, Headers, Text) = ((int)response.StatusCode, response.IsSuccessStatusCode, response.Headers, text);
        Pause = RetryHint.Read(response.Headers, time);
        _document = new Lazy<JsonNode?>(() => JsonText.Parse(text));
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>Whether the status is one of success.</summary>
    public bool IsSuccess { get; }

    /// <summary>The headers.</summary>
    public HttpResponseHeaders Headers { get; }

    /// <summary>The content, or null when there was none or it was lost.</summary>
    public string? Text { get; }

    /// <summary>The content as a JSON object, or null when it is something else.</summary>
    public JsonObject? Json => _document.Value as JsonObject;

    /// <summary>The content as a JSON array, or null when it is something else.</summary>
    public JsonArray? List => _document.Value as JsonArray;

    /// <summary>The pause the target asks for, if any.</summary>
    public TimeSpan? Pause { get; }

    /// <summary>Whether the target said so in a <c>Retry-After</c> header.</summary>
    public bool HasRetryAfter => Headers.RetryAfter is not null;

    /// <summary>The first value of a header, or null.</summary>
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
