using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Rest;

/// <summary>Fills an operation's templates, sends it, and decides whether the answer is a success.</summary>
internal sealed class RestCaller : IDisposable
{
    private const string Form = "application/x-www-form-urlencoded";

    private readonly RestSettings _settings;
    private readonly Uri _base;
    private readonly HttpTransport _transport;

    public RestCaller(RestSettings settings, ConnectorContext context)
    {
        _settings = settings;
        _base = Addresses.ParseBase(settings.BaseUrl, "'baseUrl'");
        _transport = new HttpTransport(new HttpWire(settings.Connection, settings.Timeout, context), _base, settings.Authentication, context.Time);
    }

    /// <summary>Sends an operation and returns its answer when that is a success; else it fails with what the answer means.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="values">The values of its templates.</param>
    /// <param name="context">The facts of the call.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="creates">Whether a lost answer leaves open if an object was created.</param>
    /// <param name="secret">A secret in the request, which the answer may repeat.</param>
    public async Task<HttpAnswer> SendAsync(
        RestOperation operation, JsonObject values, OperationContext context, CancellationToken cancellationToken, bool creates = false, string? secret = null)
    {
        values[Names.OperationId] = context.OperationId;
        var path = Template.Address(operation.Path.TrimStart('/'), values);
        return await SendAsync(operation, path, values, creates, secret, cancellationToken);
    }

    /// <summary>Reads a page by the address that the one before gave.</summary>
    public Task<HttpAnswer> FollowAsync(RestOperation operation, string link, JsonObject values, CancellationToken cancellationToken)
    {
        var address = new Uri(_base, link);
        // Credentials must not go where nobody configured them to go.
        if (Uri.Compare(address, _base, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new ConnectorException(FailureKind.Rejected, $"the next page is at '{address.Host}', which is another server than 'baseUrl'");
        return SendAsync(operation, address.PathAndQuery, values, creates: false, secret: null, cancellationToken);
    }

    public void Dispose() => _transport.Dispose();

    private async Task<HttpAnswer> SendAsync(
        RestOperation operation, string path, JsonObject values, bool creates, string? secret, CancellationToken cancellationToken)
    {
        var headers = _settings.Headers.Concat(operation.Headers)
            .GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => Template.Text(group.Last().Value, values, HeaderText), StringComparer.OrdinalIgnoreCase);
        var call = new HttpCall(new HttpMethod(operation.Method), path, Body(operation, values))
        {
            Creates = creates,
            IsItem = values.ContainsKey(Names.Id),
            Secret = secret,
            Headers = headers,
        };
        var answer = await _transport.SendAsync(call, cancellationToken);
        var meaning = RestAnswers.Judge(operation, _settings, call, answer);
        if (meaning is not { } kind)
            return answer;
        throw HttpFailure.Create(kind, answer, RestAnswers.Message(_settings, answer), code: null, _transport.RedactorOf(call));
    }

    private static HttpBody? Body(RestOperation operation, JsonObject values)
    {
        if (operation.Body is null)
            return null;
        var document = Template.Document(operation.Body, values);
        if (!operation.ContentType.StartsWith(Form, StringComparison.OrdinalIgnoreCase))
            return HttpBody.Json(document, operation.ContentType);
        var fields = document.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value?.ToString() ?? "")}");
        return HttpBody.Text(string.Join('&', fields), operation.ContentType);
    }

    // A line break would end the header and start another.
    private static string HeaderText(string value) => string.Concat(value.Where(c => !char.IsControl(c)));
}
