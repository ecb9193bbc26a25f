using System.Text.Json.Nodes;
using Provisioning.Scim;
using Provisioning.Xacml;

namespace Provisioning.Host.Authorization;

/// <summary>Decisions in the form of the Authorization API 1.0 (section 5.5).</summary>
internal static class AuthZenAnswer
{
    /// <summary>True for Permit alone; what comes with the decision is the context.</summary>
    public static JsonObject Of(XacmlResult result)
    {
        var context = new JsonObject();
        if (result.Decision is Decision.NotApplicable or Decision.Indeterminate)
        {
            context["reason"] = result.Decision.ToString();
            context["status"] = result.StatusCode;
        }

        if (result.StatusMessage is not null)
            context["message"] = result.StatusMessage;
        if (result.Obligations.Count > 0)
            context["obligations"] = new JsonArray([.. result.Obligations.Select(one => Duty(one.Id, one.Assignments))]);
        if (result.Advice.Count > 0)
            context["advice"] = new JsonArray([.. result.Advice.Select(one => Duty(one.Id, one.Assignments))]);

        var answer = new JsonObject { ["decision"] = result.Decision == Decision.Permit };
        if (context.Count > 0)
            answer["context"] = context;
        return answer;
    }

    /// <summary>The answer to one question of several that could not be asked (section 7.2.1).</summary>
    public static JsonObject Of(ScimException error) => new()
    {
        ["decision"] = false,
        ["context"] = new JsonObject { ["error"] = new JsonObject { ["status"] = error.Status, ["message"] = error.Message } },
    };

    private static JsonObject Duty(string id, IReadOnlyList<AttributeAssignment> assignments)
    {
        var attributes = new JsonObject();
        foreach (var attribute in assignments.GroupBy(one => one.AttributeId))
            attributes[attribute.Key] = new JsonArray([.. attribute.Select(one => JsonValue.Create(one.Value))]);
        return new JsonObject { ["id"] = id, ["attributes"] = attributes };
    }
}
