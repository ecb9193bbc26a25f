using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Inbound;

/// <summary>
/// The answer to a caller that asked to wait and for whom a blocking binding failed (502) or did not finish in time (504). What was
/// stored stays stored and the work goes on; only the answer is a failure.
/// </summary>
internal static class BlockingFailure
{
    /// <summary>Null when nothing failed.</summary>
    /// <param name="stored">What is true here all the same.</param>
    public static IResult? Of(SubmissionResult result, string stored) =>
        BodyOf(result, stored) is { } body ? ScimResults.Json(body, int.Parse(body["status"]!.ToString(), CultureInfo.InvariantCulture)) : null;

    /// <summary>The same as the body of an error.</summary>
    public static JsonObject? BodyOf(SubmissionResult result, string stored)
    {
        if (!result.AnyFailed && !result.AnyTimedOut)
            return null;
        var status = result.AnyFailed ? 502 : 504;
        var body = ScimResults.ErrorBody(status, null, $"{stored}, but {string.Join("; ", result.Outcomes.Select(Sentence).OfType<string>())}");
        body["id"] = result.User.Id;
        body[OutcomeJson.Extension] = OutcomeJson.Of(result.Outcomes);
        return body;
    }

    private static string? Sentence(AssignmentOutcome outcome)
    {
        var name = outcome.Assignment.IdentityProvider;
        if (outcome.TimedOut)
            return $"'{name}' did not finish in time; the work goes on";
        if (outcome.Failure is not { } failure)
            return null;
        return outcome.Assignment.Status switch
        {
            AssignmentStatus.Parked => $"'{name}' refused it ({failure.Message}); it is parked until somebody acts",
            AssignmentStatus.Discarded => $"'{name}' does not have it ({failure.Message})",
            _ => $"'{name}' failed ({failure.Message}); it is retried",
        };
    }
}
