using System.Xml.Linq;
using Provisioning.Http;

namespace Provisioning.Connectors.Spml;

/// <summary>Exchanges one request for one response, whatever its status: SOAP over HTTP.</summary>
internal sealed class SpmlTransport(SpmlSettings settings, HttpTransport http) : IDisposable
{
    /// <summary>The response of the target, which may state a failure. Faults and refusals are thrown.</summary>
    public async Task<XElement> ExchangeAsync(
        XElement request, SpmlFailures failures, OperationContext context, bool creates, CancellationToken cancellationToken)
    {
        var action = settings.SoapAction.Replace("{request}", request.Name.LocalName, StringComparison.Ordinal);
        var call = new HttpCall(HttpMethod.Post, "", HttpBody.Text(SoapEnvelope.Write(request, settings.UsernameToken), "text/xml; charset=utf-8"))
        {
            Creates = creates,
            Accept = ["text/xml"],
            Headers = new Dictionary<string, string> { ["SOAPAction"] = $"\"{HeaderText.OfSetting("soapAction", action)}\"" },
        };
        var answer = await http.SendAsync(call, cancellationToken);
        var body = SoapEnvelope.Read(answer.Text);
        // Faults come with HTTP 500: what the body says counts for more than the status.
        if (body?.Name == SpmlNames.Soap + "Fault")
            throw failures.FromFault(body, context, creates);
        if (!answer.IsSuccess)
            throw HttpFailure.Create(Kind(request, call, answer), answer, $"HTTP {answer.Status}", null, http.Redactor);
        // The request was taken, and what became of it is not known.
        if (body is null || (string?)body.Attribute("status") is not ("success" or "failure" or "pending"))
            throw HttpFailure.Unreadable(call, answer, "an SPML response");
        return body;
    }

    // All requests go to one address. A refusal by HTTP therefore concerns every object, except when the target forbids what a request would do to one of them.
    private static FailureKind Kind(XElement request, HttpCall call, HttpAnswer answer) => answer.Status switch
    {
        405 => FailureKind.Misconfigured,
        403 => Reads(request) ? FailureKind.Unauthorized : FailureKind.Rejected,
        _ => HttpFailure.Kind(call, answer),
    };

    private static bool Reads(XElement request) => request.Name.LocalName switch
    {
        "batchRequest" => request.Elements().All(Reads),
        var name => name is "listTargetsRequest" or "searchRequest" or "iterateRequest" or "closeIteratorRequest" or "lookupRequest" or "activeRequest",
    };

    /// <summary>Takes the credentials out of a text.</summary>
    public string Redact(string text)
    {
        text = http.Redactor.Redact(text);
        return settings.UsernameToken?.Password.Reveal() is { Length: > 0 } password
            ? text.Replace(password, "***", StringComparison.Ordinal)
            : text;
    }

    public void Dispose() => http.Dispose();
}
