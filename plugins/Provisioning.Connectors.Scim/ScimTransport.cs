using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Sends SCIM requests and turns refusals into failures.</summary>
internal sealed class ScimTransport(HttpTransport http, string mediaType) : IDisposable
{
    public static ScimTransport Create(ScimSettings settings, string mediaType, ConnectorContext context)
    {
        var address = Addresses.ParseBase(settings.BaseUrl, "baseUrl");
        var wire = new HttpWire(settings.Connection, settings.Timeout, context);
        return new ScimTransport(new HttpTransport(wire, address, settings.Authentication, context.Time), mediaType);
    }

    /// <summary>Sends and returns the successful answer; everything else is a <see cref="ConnectorException"/>.</summary>
    public async Task<ScimResponse> SendAsync(ScimRequest request, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string> { ["User-Agent"] = "Provisioning" };
        if (request.IfMatch is not null)
            headers["If-Match"] = request.IfMatch;
        var call = new HttpCall(request.Method, request.Path, request.Body is null ? null : HttpBody.Json(request.Body, mediaType))
        {
            IsItem = request.IsItem,
            Creates = request.Creates,
            Secret = request.Secret,
            Accept = ["application/scim+json", "application/json"],
            Headers = headers,
        };
        var answer = await http.SendAsync(call, cancellationToken);
        // A portal or a proxy that answers everything with a page did nothing of what was asked.
        if (answer is { IsSuccess: true, IsPage: true })
            throw HttpFailure.Unreadable(call, answer, "SCIM");
        if (answer.IsSuccess)
            return new ScimResponse(answer.Status, answer.Json, answer.Headers.ETag?.ToString());
        if (request.Searches && answer.Status == 404 && ScimFailure.IsScim(answer.Json))
            return new ScimResponse(answer.Status, ScimMessages.List([], 0, 1), null);
        throw ScimFailure.From(call, answer, http.RedactorOf(call));
    }

    public void Dispose() => http.Dispose();
}
