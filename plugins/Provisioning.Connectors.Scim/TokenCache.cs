using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Keeps one access token for all calls and fetches the next shortly before it expires.</summary>
internal sealed class TokenCache(OAuth2Settings settings, TimeProvider time, Func<HttpRequestMessage, CancellationToken, Task<JsonObject?>> send)
    : IDisposable
{
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Token? _token;

    public string? Current => _token?.Value;

    /// <summary>The token; never <paramref name="refused"/>, which the target did not accept.</summary>
    public async Task<string> GetAsync(string? refused, CancellationToken cancellationToken)
    {
        if (Usable(refused) is { } cached)
            return cached;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Usable(refused) is { } fresh)
                return fresh;
            _token = await FetchAsync(cancellationToken);
            return _token.Value;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private string? Usable(string? refused) =>
        _token is { } token && token.Value != refused && time.GetUtcNow() < token.Until ? token.Value : null;

    private async Task<Token> FetchAsync(CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = settings.ClientId,
            ["client_secret"] = settings.ClientSecret.Reveal(),
        };
        if (!string.IsNullOrEmpty(settings.Scope))
            form["scope"] = settings.Scope;
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.TokenUrl) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.ParseAdd("application/json");
        var answer = await send(request, cancellationToken);
        if (answer is null || ScimAttributes.Find(answer, "access_token") is not JsonValue value || !value.TryGetValue<string>(out var token))
            throw new ConnectorException(FailureKind.Transient, "the token endpoint answered without an access token");
        var lifetime = TimeSpan.FromMinutes(5);
        if (ScimAttributes.Find(answer, "expires_in") is JsonValue expiry
            && double.TryParse(expiry.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 1e8)
            lifetime = TimeSpan.FromSeconds(seconds);
        return new Token(token, time.GetUtcNow() + lifetime - (lifetime > s_margin * 2 ? s_margin : lifetime / 2));
    }

    private sealed record Token(string Value, DateTimeOffset Until);
}
