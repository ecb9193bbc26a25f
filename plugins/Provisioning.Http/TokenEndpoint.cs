using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>Posts a grant to an OAuth 2.0 token endpoint (RFC 6749, section 5).</summary>
public sealed class TokenEndpoint(HttpWire wire, Uri address)
{
    /// <summary>Posts the form.</summary>
    /// <param name="form">The grant's parameters; their values are kept out of every message.</param>
    /// <param name="basic">The client's id and secret when they travel as basic authentication, else null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ConnectorException">
    /// <see cref="FailureKind.Unauthorized"/> for every refusal, <see cref="FailureKind.Misconfigured"/> where no token endpoint is; never ambiguous.
    /// </exception>
    public async Task<AccessToken> RequestAsync(
        IReadOnlyDictionary<string, string> form, (string Id, string Secret)? basic, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.ParseAdd("application/json");
        if (basic is { } client)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Encode(client));
        // Nothing was sent to the target yet, so no failure here is ambiguous.
        var answer = await wire.SendAsync(request, creates: false, cancellationToken);
        return answer.IsSuccess ? Read(answer) : throw Refusal(answer, form, basic);
    }

    private static string Encode((string Id, string Secret) client) => Convert.ToBase64String(
        Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(client.Secret)}"));

    private static AccessToken Read(HttpAnswer answer)
    {
        if (answer.Json is not { } json || json.Text("access_token") is not { } token)
        {
            throw new ConnectorException(
                answer.IsPage ? FailureKind.Misconfigured : FailureKind.Transient, "token endpoint: the answer has no access token");
        }

        return new AccessToken(token, Lifetime(json["expires_in"]), json);
    }

    // Some endpoints send the number as a string.
    private static TimeSpan? Lifetime(JsonNode? node) =>
        node is JsonValue value && double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e8
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static ConnectorException Refusal(HttpAnswer answer, IReadOnlyDictionary<string, string> form, (string Id, string Secret)? basic)
    {
        var error = answer.Json?.Text("error");
        var description = answer.Json?.Text("error_description");
        var message = $"token endpoint: HTTP {answer.Status}";
        if (error is not null)
            message += $" {error}";
        if (description is not null)
            message += $": {description}";
        var kind = answer.Status switch
        {
            429 => FailureKind.Throttled,
            408 or >= 500 => FailureKind.Transient,
            404 or 405 or 410 when error is null => FailureKind.Misconfigured,
            _ when answer.IsRedirect => FailureKind.Misconfigured,
            _ => FailureKind.Unauthorized,
        };
        var redactor = new Redactor(() => [form.GetValueOrDefault("client_secret"), form.GetValueOrDefault("assertion"),
            form.GetValueOrDefault("client_assertion"), form.GetValueOrDefault("password"), basic?.Secret]);
        return HttpFailure.Create(kind, answer, message, error, redactor);
    }
}
