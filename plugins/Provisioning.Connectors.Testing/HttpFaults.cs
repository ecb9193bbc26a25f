using System.Globalization;

namespace Provisioning.Connectors.Testing;

/// <summary>The failures that targets over HTTP, gateways and proxies are known for.</summary>
internal static class HttpFaults
{
    private const string Page = "<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>";

    public static IReadOnlyList<HttpFault> All { get; } =
    [
        new("throttled-by-seconds", 429)
        {
            Header = ("Retry-After", () => "7"), Pause = (7, 7), ForCreate = [FailureKind.Throttled], Otherwise = [FailureKind.Throttled],
        },
        new("throttled-by-date", 429)
        {
            Header = ("Retry-After", () => (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(60)).ToString("r", CultureInfo.InvariantCulture)),
            Pause = (30, 61), ForCreate = [FailureKind.Throttled], Otherwise = [FailureKind.Throttled],
        },
        new("throttled-without-a-time", 429) { ForCreate = [FailureKind.Throttled], Otherwise = [FailureKind.Throttled] },
        new("unavailable-for-a-while", 503)
        {
            Header = ("Retry-After", () => "7"), Pause = (7, 7),
            ForCreate = [FailureKind.Throttled, FailureKind.Transient], Otherwise = [FailureKind.Throttled, FailureKind.Transient],
        },
        new("server-error", 500) { ForCreate = [FailureKind.Transient, FailureKind.Ambiguous], Otherwise = [FailureKind.Transient, FailureKind.Ambiguous] },
        new("bad-gateway-page", 502)
        {
            Body = Page, ContentType = "text/html",
            ForCreate = [FailureKind.Ambiguous], Otherwise = [FailureKind.Transient, FailureKind.Ambiguous],
        },
        new("unauthorized", 401) { ForCreate = [FailureKind.Unauthorized], Otherwise = [FailureKind.Unauthorized] },
        new("forbidden-page", 403)
        {
            Body = Page, ContentType = "text/html",
            ForCreate = [FailureKind.Unauthorized, FailureKind.Rejected], Otherwise = [FailureKind.Unauthorized, FailureKind.Rejected],
        },
        new("success-with-garbage", 200) { Body = "{\"id\":}garbage", ForCreate = [FailureKind.Ambiguous] },
        new("success-with-a-page", 200)
        {
            Body = Page, ContentType = "text/html", ForCreate = [FailureKind.Ambiguous],
            Otherwise = [FailureKind.Misconfigured, FailureKind.Transient, FailureKind.Rejected],
        },
        new("success-without-content", 200) { ForCreate = [FailureKind.Ambiguous] },
        new("success-cut-short", 200) { Body = "{\"id\":\"1", Truncated = true, ForCreate = [FailureKind.Ambiguous] },
        new("redirect", 302)
        {
            Header = ("Location", () => "http://127.0.0.1:9/elsewhere"),
            ForCreate = [FailureKind.Misconfigured, FailureKind.Rejected, FailureKind.Ambiguous, FailureKind.Transient, FailureKind.Unauthorized],
        },
        new("nothing-there-but-a-page", 404)
        {
            Body = Page, ContentType = "text/html", Everywhere = true, ForCreate = [FailureKind.Misconfigured], Otherwise = [FailureKind.Misconfigured],
        },
        new("name-of-a-method-unknown", 405) { Everywhere = true, ForCreate = [FailureKind.Misconfigured, FailureKind.Rejected] },
        new("echoed-credentials", 400)
        {
            Echoes = true, ForCreate = [FailureKind.Rejected, FailureKind.Unauthorized], Otherwise = [FailureKind.Rejected, FailureKind.Unauthorized],
        },
        .. HostileAnswers.All,
    ];
}
