using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Reads request bodies within bounds.</summary>
internal static class ScimBody
{
    public const int MaxBytes = 1_048_576;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, documentOptions: Strict, cancellationToken: cancellationToken) as JsonObject
                ?? throw new ScimException(400, "invalidSyntax", "the body must be a JSON object");
        }
        catch (JsonException exception)
        {
            throw new ScimException(400, "invalidSyntax", $"the body is no valid JSON: {exception.Message}");
        }
    }
}
