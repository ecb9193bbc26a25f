using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Provisioning.Http;

/// <summary>What came back: a success or a refusal, its content already read.</summary>
public sealed class HttpAnswer
{
    private readonly Lazy<JsonNode?> _document;

    internal HttpAnswer(HttpResponseMessage response, AnswerText? content, TimeProvider time)
    {
        (Status, IsSuccess, Headers, Text) = ((int)response.StatusCode, response.IsSuccessStatusCode, response.Headers, content?.Text);
        Pause = RetryHint.Read(response.Headers, time);
        IsPage = content?.IsPage(response.Content.Headers.ContentType?.MediaType) == true;
        _document = new Lazy<JsonNode?>(() => content is { IsWhole: true } ? JsonText.Parse(content.Text) : null);
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>Whether the status is one of success.</summary>
    public bool IsSuccess { get; }

    /// <summary>The headers.</summary>
    public HttpResponseHeaders Headers { get; }

    /// <summary>The content, or null when there was none or it was lost.</summary>
    public string? Text { get; }

    /// <summary>The content as it is, for messages of a target that has no words for errors; null when it says nothing.</summary>
    public string? Said => IsPage || Text?.Trim() is not { Length: > 0 } said || said is "{}" or "[]" or "null" ? null : said;

    /// <summary>Whether the content is a page for people: no API answered, but a portal, a proxy or another site.</summary>
    public bool IsPage { get; }

    /// <summary>Whether the answer only says that the address is another one.</summary>
    public bool IsRedirect => Status is 301 or 302 or 303 or 307 or 308;

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
