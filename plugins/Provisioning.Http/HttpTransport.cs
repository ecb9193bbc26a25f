using System.Net.Http.Headers;
using System.Text;
using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>Sends calls to one target and to no other: its address, its credentials, a fresh token when one is refused.</summary>
public sealed class HttpTransport : IDisposable
{
    private readonly HttpWire _wire;
    private readonly Func<AccessToken?, Uri> _address;
    private readonly AuthenticationSettings _authentication;
    private readonly TokenCache? _tokens;

    /// <summary>A target with a fixed address and the credentials of the settings.</summary>
    /// <param name="wire">Disposed with the transport.</param>
    /// <param name="address">The address that calls are relative to; ends with a slash.</param>
    /// <param name="authentication">The credentials.</param>
    /// <param name="time">The clock.</param>
    public HttpTransport(HttpWire wire, Uri address, AuthenticationSettings authentication, TimeProvider time)
        : this(wire, _ => address, authentication, authentication.OAuth2 is { } oauth ? new ClientCredentialsGrant(wire, oauth) : null, time)
    {
    }

    /// <summary>A target with tokens of a grant of its own, which may also tell the address.</summary>
    /// <param name="wire">Disposed with the transport.</param>
    /// <param name="address">The address that calls are relative to, by token; ends with a slash.</param>
    /// <param name="tokens">Where tokens come from.</param>
    /// <param name="time">The clock.</param>
    public HttpTransport(HttpWire wire, Func<AccessToken?, Uri> address, IAccessTokenSource tokens, TimeProvider time)
        : this(wire, address, new AuthenticationSettings(), tokens, time)
    {
    }

    private HttpTransport(
        HttpWire wire, Func<AccessToken?, Uri> address, AuthenticationSettings authentication, IAccessTokenSource? tokens, TimeProvider time)
    {
        (_wire, _address, _authentication) = (wire, address, authentication);
        _tokens = tokens is null ? null : new TokenCache(tokens, time);
        Redactor = new Redactor(Secrets);
    }

    /// <summary>Knows the credentials that are in use.</summary>
    public Redactor Redactor { get; }

    /// <summary>Knows the credentials that are in use, and the secret of a call.</summary>
    public Redactor RedactorOf(HttpCall call) => call.Secret is null ? Redactor : Redactor.With(call.Secret);

    /// <summary>Sends; every answer is returned, refusals too.</summary>
    /// <exception cref="ConnectorException">When there is no whole answer, or no token.</exception>
    public async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        AccessToken? refused = null;
        while (true)
        {
            var token = _tokens is null ? null : await _tokens.GetAsync(refused, cancellationToken);
            using var message = Build(call, token);
            var answer = await _wire.SendAsync(message, call.Creates, cancellationToken);
            // A token can be revoked before its time. A second refusal is meant.
            if (answer.Status != 401 || token is null || refused is not null)
                return answer;
            refused = token;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _tokens?.Dispose();
        _wire.Dispose();
    }

    private HttpRequestMessage Build(HttpCall call, AccessToken? token)
    {
        var message = new HttpRequestMessage(call.Method, Addresses.Within(_address(token), call.Path));
        foreach (var type in call.Accept.Count > 0 ? call.Accept : ["application/json"])
            message.Headers.Accept.ParseAdd(type);
        foreach (var (name, value) in call.Headers)
            message.Headers.TryAddWithoutValidation(name, HeaderText.OfCall(name, value));
        message.Headers.Authorization = Credentials(token);
        if (_authentication is { HeaderName: { Length: > 0 } header, HeaderValue: { } key }
            && !message.Headers.TryAddWithoutValidation(header, HeaderText.OfCredential("headerValue", key.Reveal())))
            throw new ConnectorException(FailureKind.Misconfigured, $"headerName is '{header}', which cannot be the name of a header");
        message.Content = call.Body?.ToContent();
        return message;
    }

    private AuthenticationHeaderValue? Credentials(AccessToken? token)
    {
        if (token is not null)
            return new AuthenticationHeaderValue("Bearer", HeaderText.OfCredential("the token of the token endpoint", token.Value));
        if (_authentication.BearerToken is { } bearer)
            return new AuthenticationHeaderValue("Bearer", HeaderText.OfCredential("bearerToken", bearer.Reveal()));
        return _authentication.UserName is null ? null : new AuthenticationHeaderValue("Basic", Basic());
    }

    private string Basic() =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_authentication.UserName}:{_authentication.Password?.Reveal()}"));

    private IEnumerable<string?> Secrets() =>
    [
        _authentication.BearerToken?.Reveal(), _authentication.Password?.Reveal(), _authentication.HeaderValue?.Reveal(),
        _authentication.OAuth2?.ClientSecret.Reveal(), _authentication.UserName is null ? null : Basic(), _tokens?.Current?.Value,
    ];
}
