using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Scim;

/// <summary>Sends requests: addresses, credentials, time limits, bounded answers.</summary>
internal sealed class ScimTransport : IDisposable
{
    private const int MaximumAnswer = 16 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly Uri _base;
    private readonly ScimAuthentication _authentication;
    private readonly TokenCache? _tokens;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public ScimTransport(ScimSettings settings, TimeProvider time)
    {
        if (!Uri.TryCreate(settings.BaseUrl.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ConnectorException(FailureKind.Rejected, "baseUrl is not an absolute http or https address");
        (_base, _authentication, _timeout, _time) = (address, settings.Authentication, settings.Timeout, time);
        // Redirects are not followed: they would carry the credentials elsewhere.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 256,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (_authentication.OAuth2 is { } oauth)
            _tokens = new TokenCache(oauth, time, SendTokenRequestAsync);
    }

    /// <summary>Sends and returns the successful answer; everything else is a <see cref="ConnectorException"/>.</summary>
    public async Task<ScimResponse> SendAsync(ScimRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        string? refused = null;
        while (true)
        {
            var token = _tokens is null ? null : await _tokens.GetAsync(refused, both.Token).Guard(cancellationToken);
            using var message = Build(request, token);
            var (response, content) = await ExchangeAsync(message, request.Creates, both.Token, cancellationToken);
            using (response)
            {
                if (response.IsSuccessStatusCode)
                    return new ScimResponse((int)response.StatusCode, ScimFailure.Parse(content), response.Headers.ETag?.ToString());
                // A token can be revoked before its time. A second refusal is meant.
                if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null && refused is null)
                {
                    refused = token;
                    continue;
                }

                throw ScimFailure.From(request, response, content, _time, Redact);
            }
        }
    }

    public void Dispose()
    {
        _tokens?.Dispose();
        _http.Dispose();
    }

    private HttpRequestMessage Build(ScimRequest request, string? token)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_base, request.Path));
        message.Headers.Accept.ParseAdd("application/scim+json");
        message.Headers.Accept.ParseAdd("application/json");
        if (request.IfMatch is not null)
            message.Headers.TryAddWithoutValidation("If-Match", request.IfMatch);
        if (token is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        else if (_authentication.BearerToken is { } bearer)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer.Reveal());
        else if (_authentication.UserName is { } user)
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(user));
        if (_authentication is { HeaderName: { Length: > 0 } header, HeaderValue: { } value })
            message.Headers.TryAddWithoutValidation(header, value.Reveal());
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body.ToJsonString()));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/scim+json");
        }

        return message;
    }

    private string Basic(string user) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{_authentication.Password?.Reveal()}"));

    private async Task<(HttpResponseMessage Response, string? Content)> ExchangeAsync(
        HttpRequestMessage message, bool creates, CancellationToken limited, CancellationToken caller)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limited);
            return (response, await ReadAsync(response.Content, limited));
        }
        catch (Exception failure)
        {
            // The status of a refusal is known even if its text is lost.
            if (response is { IsSuccessStatusCode: false } && !caller.IsCancellationRequested)
                return (response, null);
            response?.Dispose();
            if (caller.IsCancellationRequested && failure is OperationCanceledException)
                throw;
            throw Lost(failure, creates);
        }
    }

    private static ConnectorException Lost(Exception failure, bool creates)
    {
        var uncertain = creates ? FailureKind.Ambiguous : FailureKind.Transient;
        return failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
                new ConnectorException(FailureKind.Transient, "the target cannot be reached", failure),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                new ConnectorException(FailureKind.Transient, "no secure connection to the target could be made", failure),
            OperationCanceledException => new ConnectorException(uncertain, "the target did not answer in time", failure),
            InvalidDataException => new ConnectorException(creates ? FailureKind.Ambiguous : FailureKind.Rejected, failure.Message, failure),
            _ => new ConnectorException(uncertain, "the connection was lost before the answer was complete", failure),
        };
    }

    private static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaximumAnswer)
                throw new InvalidDataException($"the answer is larger than {MaximumAnswer / 1024 / 1024} MiB");
            buffer.Write(chunk, 0, read);
        }

        return buffer.Length == 0 ? null : Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length).TrimStart('\uFEFF');
    }

    private async Task<JsonObject?> SendTokenRequestAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        // Nothing was sent to the target yet, so no failure here is ambiguous.
        var (response, content) = await ExchangeAsync(message, creates: false, cancellationToken, cancellationToken);
        using (response)
        {
            if (response.IsSuccessStatusCode)
                return ScimFailure.Parse(content);
            if (response.StatusCode is HttpStatusCode.BadRequest)
                throw new ConnectorException(FailureKind.Unauthorized, "the token endpoint refused the client (HTTP 400)");
            // The content may echo credentials and is left out.
            throw ScimFailure.From(new ScimRequest(HttpMethod.Post, ""), response, null, _time, static text => $"token endpoint: {text}");
        }
    }

    private string Redact(string text)
    {
        foreach (var secret in (ReadOnlySpan<string?>)[
            _authentication.BearerToken?.Reveal(), _authentication.Password?.Reveal(), _authentication.HeaderValue?.Reveal(),
            _authentication.OAuth2?.ClientSecret.Reveal(), _tokens?.Current])
        {
            if (!string.IsNullOrEmpty(secret))
                text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text;
    }
}
