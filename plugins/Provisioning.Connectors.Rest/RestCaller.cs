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
        return await SendAsync(operation, path, values, creates, secret, context, cancellationToken);
    }

    /// <summary>Reads a page by the address that the one before gave.</summary>
    public Task<HttpAnswer> FollowAsync(
        RestOperation operation, string link, JsonObject values, OperationContext context, CancellationToken cancellationToken)
    {
        // As a whole address: its path alone could name another server once more.
        var address = Addresses.Within(_base, link);
        return SendAsync(operation, address.AbsoluteUri, values, creates: false, secret: null, context, cancellationToken);
    }

    public void Dispose() => _transport.Dispose();

    private async Task<HttpAnswer> SendAsync(
        RestOperation operation, string path, JsonObject values, bool creates, string? secret, OperationContext context, CancellationToken cancellationToken)
    {
        var headers = _settings.Headers.Concat(operation.Headers)
            .GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => Template.Text(group.Last().Value, values, OneLine), StringComparer.OrdinalIgnoreCase);
        var call = new HttpCall(new HttpMethod(operation.Method), path, Body(operation, values))
        {
            Creates = creates,
            IsItem = values.ContainsKey(Names.Id),
            Secret = secret,
            Headers = headers,
        };
        var answer = await _transport.SendAsync(call, cancellationToken);
        if (RestAnswers.IsNoAnswer(operation, _settings, answer))
            throw HttpFailure.Unreadable(call, answer, "the API's");
        var meaning = RestAnswers.Judge(operation, _settings, call, answer);
        if (meaning is not { } kind)
            return answer;
        if ((call.IsItem || creates) && answer.Status is 404 or 405 or 410 && !RestAnswers.IsRuled(operation, _settings, answer))
            kind = await PlacedAsync(kind, call, answer, context, cancellationToken);
        throw HttpFailure.Create(kind, answer, RestAnswers.Message(_settings, answer), code: null, _transport.RedactorOf(call));
    }

    /// <summary>What is missing may be the object or the whole API: where that can be asked, the test of the connection or the listing tells.</summary>
    private async Task<FailureKind> PlacedAsync(
        FailureKind kind, HttpCall call, HttpAnswer answer, OperationContext context, CancellationToken cancellationToken)
    {
        if ((_settings.Test ?? _settings.Users.List) is not { } look)
            return kind;
        await SendAsync(look, new JsonObject { [Names.Limit] = 1, [Names.Page] = look.FirstPage, [Names.Offset] = 0 }, context, cancellationToken);
        return call.Creates || answer.Status == 405 ? FailureKind.Rejected : FailureKind.Gone;
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
    private static string OneLine(string value) => string.Concat(value.Where(c => !char.IsControl(c)));
}
