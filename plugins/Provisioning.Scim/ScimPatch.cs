using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Applies patch requests (RFC 7644, section 3.5.2), the habits of common clients included.</summary>
public static class ScimPatch
{
    /// <summary>More operations than this are refused with 413.</summary>
    public const int MaxOperations = 10_000;

    /// <summary>Returns the patched copy of a resource. Throws a <see cref="ScimException"/> and changes nothing if any operation fails.</summary>
    /// <param name="resource">What is patched; it stays as it is.</param>
    /// <param name="patch">The request.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for it any more.</param>
    public static JsonObject Apply(JsonObject resource, JsonObject patch, CancellationToken cancellationToken = default) =>
        Apply(resource, patch, new PatchWork(cancellationToken));

    internal static JsonObject Apply(JsonObject resource, JsonObject patch, PatchWork work)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var copy = (JsonObject)resource.DeepClone();
        foreach (var operation in OperationsOf(patch))
        {
            work.Step();
            ApplyOne(work, copy, operation as JsonObject ?? throw Syntax("an operation is not an object"));
        }

        work.Settle();
        return copy;
    }

    /// <summary>What a patch consists of. Throws a <see cref="ScimException"/> when it is no patch, or has too many operations.</summary>
    public static JsonArray OperationsOf(JsonObject patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        if (ScimAttributes.Find(patch, "schemas") is { } schemas
            && !(schemas is JsonArray array && array.Any(static schema => ScimAttributes.Text(schema) is { } text
                && text.Equals(ScimSchemas.PatchOp, StringComparison.OrdinalIgnoreCase))))
            throw Syntax("the request is not a patch");
        if (ScimAttributes.Find(patch, "Operations") is not JsonArray { Count: > 0 } operations)
            throw Syntax("the patch has no operations");
        return operations.Count <= MaxOperations
            ? operations
            : throw new ScimException(413, null, $"the patch has {operations.Count} operations; at most {MaxOperations} are possible in one request");
    }

    private static void ApplyOne(PatchWork work, JsonObject resource, JsonObject operation)
    {
        var op = ScimAttributes.Text(ScimAttributes.Find(operation, "op"))?.ToLowerInvariant();
        var pathNode = ScimAttributes.Find(operation, "path");
        var path = ScimAttributes.Text(pathNode);
        if (pathNode is not null && path is null)
            throw new ScimException(400, "invalidPath", "the path is not a string");
        var value = ScimAttributes.Find(operation, "value");
        var hasValue = ScimAttributes.ActualName(operation, "value") is not null;
        switch (op)
        {
            case "remove":
                if (string.IsNullOrWhiteSpace(path))
                    throw new ScimException(400, "noTarget", "remove needs a path");
                PatchRemover.Remove(work, resource, PatchPath.Parse(path), value);
                break;
            case "add" or "replace":
                if (!hasValue || (value is null && op == "add"))
                    throw new ScimException(400, "invalidValue", $"{op} needs a value");
                if (string.IsNullOrWhiteSpace(path) || ScimSchemas.IsCore(path))
                    Merge(work, resource, op == "add", value);
                else
                    Write(work, resource, PatchPath.Parse(path), op == "add", value);
                break;
            default:
                throw Syntax("an operation must be add, replace or remove");
        }
    }

    private static void Merge(PatchWork work, JsonObject resource, bool add, JsonNode? value)
    {
        if (value is not JsonObject attributes)
            throw new ScimException(400, "invalidValue", "an operation without a path needs an object");
        foreach (var (key, attribute) in attributes)
        {
            work.Step();

            // Clients echo what the server owns; the echo is no change.
            if (key.Equals("meta", StringComparison.OrdinalIgnoreCase))
                continue;
            // Keys may be dotted or even carry value filters; they mean what they mean as paths.
            var path = PatchPath.Parse(key);
            if (attribute is not null || !add)
                Write(work, resource, path, add, attribute);
        }
    }

    private static void Write(PatchWork work, JsonObject resource, PatchPath path, bool add, JsonNode? value)
    {
        if (value is null)
            PatchRemover.Remove(work, resource, path, null);
        else if (path.IsExtension && ScimSchemas.IsCore(path.Name))
            Merge(work, resource, add, value);
        else
            PatchWriter.Write(work, resource, path, add, value);
    }

    private static ScimException Syntax(string detail) => new(400, "invalidSyntax", detail);
}
