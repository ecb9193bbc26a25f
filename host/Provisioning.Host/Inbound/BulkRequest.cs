using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>What is to be done together.</summary>
/// <param name="FailOnErrors">After so many errors nothing more is done; null for never.</param>
internal sealed record BulkRequest(IReadOnlyList<BulkOperation> Operations, int? FailOnErrors)
{
    /// <exception cref="ScimException">400: it is none; 413: it has too many operations.</exception>
    public static BulkRequest Read(JsonObject body)
    {
        if (ScimAttributes.Find(body, "Operations") is not JsonArray operations)
            throw new ScimException(400, "invalidSyntax", "'Operations' must be a list");
        if (operations.Count > BulkEndpoint.MaxOperations)
            throw new ScimException(413, null, $"there are {operations.Count} operations; at most {BulkEndpoint.MaxOperations} are possible");
        var fail = ScimAttributes.Find(body, "failOnErrors");
        if (fail is not null && !(fail is JsonValue number && number.TryGetValue<int>(out var most) && most > 0))
            throw new ScimException(400, "invalidValue", "'failOnErrors' must be a whole number above 0");
        List<BulkOperation> read = [.. operations.Select(BulkOperation.Read)];
        if (read.Select(x => x.BulkId).OfType<string>().GroupBy(x => x, StringComparer.Ordinal).FirstOrDefault(x => x.Count() > 1) is { } twice)
            throw new ScimException(400, "invalidValue", $"two operations have the bulkId '{twice.Key}'");
        return new BulkRequest(read, fail?.GetValue<int>());
    }
}
