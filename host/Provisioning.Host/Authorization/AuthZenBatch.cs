using System.Text.Json.Nodes;
using Provisioning.Scim;
using Provisioning.Xacml;

namespace Provisioning.Host.Authorization;

/// <summary>Several questions in one request (Authorization API 1.0, section 7): what all share is said once.</summary>
internal sealed class AuthZenBatch
{
    private const int MaxQuestions = 1000;

    // The decision behind which the rest is not asked any more; null if all are.
    private readonly bool? _stopAt;
    private readonly JsonArray _questions;
    private readonly AuthZenQuestion _defaults;

    private AuthZenBatch(JsonArray questions, AuthZenQuestion defaults, bool? stopAt) => (_questions, _defaults, _stopAt) = (questions, defaults, stopAt);

    /// <summary>Null if the body holds a single question.</summary>
    public static AuthZenBatch? Of(JsonObject body)
    {
        if (body["evaluations"] is null or JsonArray { Count: 0 })
            return null;
        if (body["evaluations"] is not JsonArray questions)
            throw new ScimException(400, "invalidValue", "'evaluations' must be an array");
        if (questions.Count > MaxQuestions)
            throw new ScimException(400, "tooMany", $"{questions.Count} evaluations are more than the {MaxQuestions} that one request may ask");
        return new AuthZenBatch(questions, AuthZenQuestion.Of(body), StopAt(body["options"]));
    }

    public JsonObject Answer(PolicyDecisionPoint pdp)
    {
        var answers = new JsonArray();
        foreach (var question in _questions)
        {
            var answer = AnswerOne(pdp, question);
            answers.Add((JsonNode)answer);
            if (answer["decision"]!.GetValue<bool>() == _stopAt)
                break;
        }

        return new JsonObject { ["evaluations"] = answers };
    }

    private JsonObject AnswerOne(PolicyDecisionPoint pdp, JsonNode? question)
    {
        try
        {
            if (question is not JsonObject own)
                throw new ScimException(400, "invalidValue", "an evaluation must be an object");
            return AuthZenAnswer.Of(pdp.Evaluate(AuthZenQuestion.Of(own).WithDefaults(_defaults).ToRequest()));
        }
        catch (ScimException error)
        {
            return AuthZenAnswer.Of(error);
        }
    }

    private static bool? StopAt(JsonNode? options)
    {
        if (options is not (null or JsonObject))
            throw new ScimException(400, "invalidValue", "'options' must be an object");
        return options?["evaluations_semantic"]?.ToString() switch
        {
            null or "execute_all" => null,
            "deny_on_first_deny" => false,
            "permit_on_first_permit" => true,
            _ => throw new ScimException(400, "invalidValue", "'evaluations_semantic' must be execute_all, deny_on_first_deny or permit_on_first_permit"),
        };
    }
}
