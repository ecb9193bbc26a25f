using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Xacml;

namespace Provisioning.Core.Deciding;

/// <summary>Builds the request: our attributes as typed bags and, beside them, those that policies written for WSO2 ask for.</summary>
internal static class AccessRequest
{
    public const string User = "urn:provisioning:user";

    public static XacmlRequest Build(AccessFacts facts, DateTimeOffset now)
    {
        var builder = new XacmlRequestBuilder { Moment = now };
        foreach (var (name, value) in facts.User.Attributes)
        {
            Flatten(builder, name, value);
            // Attributes of an extension are known by their short name as well.
            if (IsExtension(name) && value is JsonObject extension)
            {
                foreach (var (shortName, inner) in extension)
                    Flatten(builder, shortName, inner);
            }
        }

        builder.Add(User, $"{User}:id", DataType.String, facts.User.Id);
        builder.AddMany(User, $"{User}:groups", DataType.String, facts.Groups);
        builder.Add("urn:provisioning:service-provider", "urn:provisioning:service-provider:name", DataType.String, facts.ServiceProvider.Name);
        builder.Add("urn:provisioning:identity-provider", "urn:provisioning:identity-provider:name", DataType.String, facts.IdentityProvider.Name);
        builder.Add("urn:provisioning:identity-provider", "urn:provisioning:identity-provider:connector", DataType.String, facts.IdentityProvider.Connector);
        builder.Add(Categories.Action, "urn:oasis:names:tc:xacml:1.0:action:action-id", DataType.String, "provision");
        builder.Add(Categories.Action, "urn:provisioning:operation", DataType.String, facts.Operation);
        builder.Add(Categories.Environment, "urn:oasis:names:tc:xacml:1.0:environment:current-time", DataType.Time, Temporal.TimeOf(now));
        builder.Add(Categories.Environment, "urn:oasis:names:tc:xacml:1.0:environment:current-date", DataType.Date, Temporal.DateOf(now));
        builder.Add(Categories.Environment, "urn:oasis:names:tc:xacml:1.0:environment:current-dateTime", DataType.DateTime, Temporal.DateTimeOf(now));
        Wso2Vocabulary.Add(builder, facts, now);
        return builder.Build();
    }

    private static void Flatten(XacmlRequestBuilder builder, string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject complex:
                foreach (var (name, value) in complex)
                    Flatten(builder, IsExtension(path) ? $"{path}:{name}" : $"{path}.{name}", value);
                break;
            case JsonArray array:
                builder.AddMany(User, Id(path), DataType.String, array.Select(ValueOf).OfType<string>());
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                builder.Add(User, Id(path), DataType.Boolean, value.GetValue<bool>());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number):
                builder.Add(User, Id(path), DataType.Integer, (Integer)number);
                break;
            case JsonValue value:
                builder.Add(User, Id(path), DataType.String, value.ToString());
                break;
        }
    }

    private static bool IsExtension(string name) => name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase);

    private static string Id(string path) => $"{User}:{path}";

    private static string? ValueOf(JsonNode? node) => node is JsonObject complex ? complex["value"]?.ToString() : node?.ToString();
}
