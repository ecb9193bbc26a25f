using Provisioning.Http;

namespace Provisioning.Connectors.Scim;

/// <summary>Sends SCIM requests and turns refusals into failures.</summary>
internal sealed class ScimTransport(HttpTransport http) : IDisposable
{
    private const string MediaType = "application/scim+json";

    public static ScimTransport Create(ScimSettings settings, ConnectorContext context)
    {
        var address = Addresses.ParseBase(settings.BaseUrl, "baseUrl");
        var wire = new HttpWire(settings.Connection, settings.Timeout, context);
        return new ScimTransport(new HttpTransport(wire, address, settings.Authentication, context.Time));
    }

    /// <summary>Sends and returns the successful answer; everything else is a <see cref="ConnectorException"/>.</summary>
    public async Task<ScimResponse> SendAsync(ScimRequest request, CancellationToken cancellationToken)
    {
        var call = new HttpCall(request.Method, request.Path, request.Body is null ? null : HttpBody.Json(request.Body, MediaType))
        {
            IsItem = request.IsItem,
            Creates = request.Creates,
            Accept = [MediaType, "application/json"],
            Headers = request.IfMatch is null ? [] : new Dictionary<string, string> { ["If-Match"] = request.IfMatch },
        };
        var answer = await http.SendAsync(call, cancellationToken);
        return answer.IsSuccess
            ? new ScimResponse(answer.Status, answer.Json, answer.Headers.ETag?.ToString())
            : throw ScimFailure.From(call, answer, http.Redactor);
    }

    public void Dispose() => http.Dispose();
}
