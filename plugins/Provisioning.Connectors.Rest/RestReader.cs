using System.Text.Json.Nodes;
using Provisioning.Connectors.Sql;
using Provisioning.Http;

namespace Provisioning.Connectors.Rest;

/// <summary>Reads objects of one kind from answers.</summary>
internal sealed class RestReader(RestShape shape)
{
    private const string Header = "header:";

    /// <summary>The objects of an answer. Fails when the answer is not of the form that the settings say.</summary>
    public static IReadOnlyList<JsonNode?> Items(RestOperation operation, HttpAnswer answer)
    {
        if (answer.Status == 204)
            return [];
        var document = RestAnswers.Document(answer)
            ?? throw new ConnectorException(FailureKind.Transient, "the answer is not JSON") { TargetCode = $"{answer.Status}" };
        // Not the fault of one object: every answer would be read in the same place.
        return JsonPath.Find(document, operation.Items) switch
        {
            JsonArray items => [.. items],
            JsonObject one => [one],
            _ => throw new ConnectorException(FailureKind.Misconfigured, $"the answer has no objects at '{operation.Items}'; check 'items'") { TargetCode = $"{answer.Status}" },
        };
    }

    /// <summary>The id of an object that was created, or null when the answer does not tell.</summary>
    public string? CreatedId(RestOperation operation, HttpAnswer answer)
    {
        if (operation.IdFrom is { } from && from.StartsWith(Header, StringComparison.OrdinalIgnoreCase))
            return answer.Header(from[Header.Length..])?.TrimEnd('/').Split('?')[0].Split('/')[^1] is { Length: > 0 } segment ? Addresses.Id(Uri.UnescapeDataString(segment)) : null;
        var document = RestAnswers.Document(answer);
        return Addresses.Id(operation.IdFrom is { } path ? JsonPath.Text(document, path) : JsonPath.Text(JsonPath.Find(document, operation.Items), shape.Id));
    }

    /// <summary>The object, or null when it has no id.</summary>
    public Account? TryRead(JsonNode? node)
    {
        if (Addresses.Id(JsonPath.Text(node, shape.Id)) is not { } id)
            return null;
        bool? enabled = shape.Enabled is { } path && JsonPath.Find(node, path) is { } state
            ? state.ToString().Equals(shape.EnabledValue, StringComparison.OrdinalIgnoreCase)
            : null;
        return new Account(id, Attributes(node), enabled) { OwnershipMarker = shape.Marker is { } marker ? JsonPath.Text(node, marker) : null };
    }

    public Account Read(JsonNode? node) =>
        TryRead(node) ?? throw new ConnectorException(FailureKind.Misconfigured, $"an object of the answer has no id at '{shape.Id}'; check 'object.id'");

    public AccountOwnership Ownership(JsonNode? node, MatchKey key) => JsonPath.Text(node, shape.Marker ?? "\0") switch
    {
        null => AccountOwnership.Unowned,
        var marker when marker == key.OwnershipMarker => AccountOwnership.Ours,
        _ => AccountOwnership.Foreign,
    };

    private JsonObject Attributes(JsonNode? node)
    {
        var attributes = new JsonObject();
        if (shape.Attributes.Count == 0)
        {
            foreach (var (name, value) in node as JsonObject ?? [])
            {
                if (name != shape.Id && name != shape.Marker && name != shape.Enabled)
                    attributes[name] = value?.DeepClone();
            }

            return attributes;
        }

        foreach (var (name, path) in shape.Attributes)
        {
            if (JsonPath.Find(node, path)?.DeepClone() is { } value)
                PartedName.Put(attributes, name, value);
        }

        return attributes;
    }
}
