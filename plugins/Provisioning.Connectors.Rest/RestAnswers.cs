using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Rest;

/// <summary>What an answer means.</summary>
internal static class RestAnswers
{
    private static readonly string[] UsualMessages = ["message", "error.message", "error_description", "detail", "title", "error", "errors.0.message", "errors.0"];

    /// <summary>The failure kind, or null for success.</summary>
    public static FailureKind? Judge(RestOperation operation, RestSettings settings, HttpCall call, HttpAnswer answer)
    {
        if (operation.Answers.Concat(settings.Answers).FirstOrDefault(rule => Fits(rule, answer)) is { } rule)
            return Kind(rule.Meaning);
        var succeeded = operation.Success.Count == 0 ? answer.IsSuccess : operation.Success.Contains(answer.Status);
        if (succeeded)
            return null;
        // A success that the settings do not expect says that the settings are wrong, not what the API did.
        return answer.IsSuccess ? call.Creates ? FailureKind.Ambiguous : FailureKind.Rejected : HttpFailure.Kind(call, answer);
    }

    /// <summary>Whether a page for people came in place of an answer, and no rule says that this is as it should be.</summary>
    public static bool IsNoAnswer(RestOperation operation, RestSettings settings, HttpAnswer answer) =>
        answer is { IsSuccess: true, IsPage: true } && !IsRuled(operation, settings, answer);

    /// <summary>Whether the settings say what an answer means.</summary>
    public static bool IsRuled(RestOperation operation, RestSettings settings, HttpAnswer answer) =>
        operation.Answers.Concat(settings.Answers).Any(rule => Fits(rule, answer));

    public static string Message(RestSettings settings, HttpAnswer answer)
    {
        var document = Document(answer);
        var paths = settings.MessagePath is { } path ? [path, .. UsualMessages] : UsualMessages;
        var said = paths.Select(candidate => JsonPath.Text(document, candidate)).FirstOrDefault(text => text is not null);
        return (said ?? answer.Said) is { } words ? $"HTTP {answer.Status}: {words}" : $"HTTP {answer.Status}";
    }

    public static JsonNode? Document(HttpAnswer answer) => (JsonNode?)answer.Json ?? answer.List;

    private static bool Fits(RestAnswerRule rule, HttpAnswer answer)
    {
        if (rule.Status is { } status && status != answer.Status)
            return false;
        if (rule is { Path: null, Equal: null, Contains: null })
            return rule.Status is not null;
        var text = rule.Path is null ? answer.Text : JsonPath.Find(Document(answer), rule.Path)?.ToString();
        return text is not null
            && (rule.Equal is null || text.Equals(rule.Equal, StringComparison.OrdinalIgnoreCase))
            && (rule.Contains is null || text.Contains(rule.Contains, StringComparison.OrdinalIgnoreCase));
    }

    private static FailureKind? Kind(RestMeaning meaning) => meaning switch
    {
        RestMeaning.Done => null,
        RestMeaning.Transient => FailureKind.Transient,
        RestMeaning.Throttled => FailureKind.Throttled,
        RestMeaning.Unauthorized => FailureKind.Unauthorized,
        RestMeaning.Conflict => FailureKind.Conflict,
        RestMeaning.Gone => FailureKind.Gone,
        RestMeaning.Ambiguous => FailureKind.Ambiguous,
        RestMeaning.Misconfigured => FailureKind.Misconfigured,
        _ => FailureKind.Rejected,
    };
}
