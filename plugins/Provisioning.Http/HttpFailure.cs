using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>What a refusal means when nothing but HTTP tells.</summary>
public static class HttpFailure
{
    private const int MaximumMessage = 300;
    private const int MaximumCode = 60;

    /// <summary>The failure kind by status. What concerns one object is that object's; what no request can get past is the target's.</summary>
    public static FailureKind Kind(HttpCall call, HttpAnswer answer) => answer.Status switch
    {
        429 => FailureKind.Throttled,
        503 when answer.HasRetryAfter => FailureKind.Throttled,
        401 => FailureKind.Unauthorized,
        // The target may refuse one object and allow others. If it refuses a search, it allows nothing at all.
        403 => call.IsItem || call.Creates ? FailureKind.Rejected : FailureKind.Unauthorized,
        407 => FailureKind.Misconfigured,
        _ when answer.IsRedirect => FailureKind.Misconfigured,
        404 or 410 => call.IsItem && !answer.IsPage ? FailureKind.Gone : FailureKind.Misconfigured,
        405 => call.IsItem && !answer.IsPage ? FailureKind.Rejected : FailureKind.Misconfigured,
        409 or 412 or 423 or 428 => FailureKind.Conflict,
        408 or 425 => FailureKind.Transient,
        // Whatever broke may have done so when the object was made; and where a gateway gave up waiting, the target behind it may have finished.
        500 or 502 or 504 when call.Creates => FailureKind.Ambiguous,
        501 or 505 => FailureKind.Rejected,
        >= 500 => FailureKind.Transient,
        _ => FailureKind.Rejected,
    };

    /// <summary>The failure, bounded and redacted.</summary>
    /// <param name="kind">How the host should recover.</param>
    /// <param name="answer">The refusal.</param>
    /// <param name="message">What happened; one line of it is kept.</param>
    /// <param name="code">The target's own code beside the status, if there is one.</param>
    /// <param name="redactor">Knows the secrets.</param>
    public static ConnectorException Create(FailureKind kind, HttpAnswer answer, string message, string? code, Redactor redactor) =>
        new(kind, Shorten(redactor.Redact(Explained(answer, message).ReplaceLineEndings(" ")), MaximumMessage))
        {
            RetryAfter = kind is FailureKind.Throttled or FailureKind.Transient ? answer.Pause : null,
            TargetCode = redactor.Redact(code is null ? $"{answer.Status}" : $"{answer.Status} {Shorten(code, MaximumCode)}"),
        };

    /// <summary>The failure of an answer that looks like a success and is none: it cannot be read, so it was not the target that gave it, or not whole.</summary>
    /// <param name="call">What was asked.</param>
    /// <param name="answer">What came.</param>
    /// <param name="wanted">What should have come.</param>
    public static ConnectorException Unreadable(HttpCall call, HttpAnswer answer, string wanted)
    {
        var kind = call.Creates ? FailureKind.Ambiguous : answer.IsPage ? FailureKind.Misconfigured : FailureKind.Transient;
        var came = answer.IsPage ? "a page for people" : answer.Text is null ? "nothing" : "something else";
        return new ConnectorException(kind, $"HTTP {answer.Status}: the answer should be {wanted}, but is {came}{(answer.IsPage ? "; check the address" : "")}")
        {
            TargetCode = $"{answer.Status}",
        };
    }

    /// <summary>Whether a target refused with one of these statuses.</summary>
    public static bool HasStatus(ConnectorException failure, params ReadOnlySpan<int> statuses) =>
        int.TryParse(failure.TargetCode?.Split(' ')[0], out var status) && statuses.Contains(status);

    /// <summary>An object was made and something about it failed: its id would be lost with that failure, so the host has to find it again.</summary>
    /// <param name="what">What is done and what is not.</param>
    /// <param name="failure">What failed.</param>
    public static ConnectorException PartlyDone(string what, ConnectorException failure) =>
        new(FailureKind.Ambiguous, $"{what}: {failure.Message}", failure) { TargetCode = failure.TargetCode };

    private static string Explained(HttpAnswer answer, string message) =>
        answer.IsRedirect && answer.Headers.Location is { } elsewhere ? $"{message} (it redirects to '{elsewhere}'; check the address)" : message;

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];
}
