using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Applies patch requests (RFC 7644, section 3.5.2), the habits of common clients included.</summary>
public static class ScimPatch
{
    /// <summary>Returns the patched copy of a resource. Throws a <see cref="ScimException"/> and changes nothing if any operation fails.</summary>
    public static JsonObject Apply(JsonObject resource, JsonObject patch)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(patch);
        if (ScimAttributes.Find(patch, "schemas") is { } schemas
            && !(schemas is JsonArray array && array.Any(static schema => ScimAttributes.Text(schema) is { } text
                && text.Equals(ScimSchemas.PatchOp, StringComparison.OrdinalIgnoreCase))))
            throw Syntax("the request is not a patch");
        if (ScimAttributes.Find(patch, "Operations") is not JsonArray { Count: > 0 } operations)
            throw Syntax("the patch has no operations");

        var copy = (JsonObject)resource.DeepClone();
        foreach (var operation in operations)
            ApplyOne(copy, operation as JsonObject ?? throw Syntax("an operation is not an object"));
        return copy;
    }

    private static void ApplyOne(JsonObject resource, JsonObject operation)
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
                PatchRemover.Remove(resource, PatchPath.Parse(path), value);
                break;
            case "add" or "replace":
                if (!hasValue || (value is null && op == "add"))
                    throw new ScimException(400, "invalidValue", $"{op} needs a value");
                if (string.IsNullOrWhiteSpace(path) || ScimSchemas.IsCore(path))
                    Merge(resource, op == "add", value);
                else
                    Write(resource, PatchPath.Parse(path), op == "add", value);
                break;
            default:
                throw Syntax("an operation must be add, replace or remove");
        }
    }

    private static void Merge(JsonObject resource, bool add, JsonNode? value)
    {
        if (value is not JsonObject attributes)
            throw new ScimException(400, "invalidValue", "an operation without a path needs an object");
        foreach (var (key, attribute) in attributes)
        {
            // Clients echo what the server owns; the echo is no change.
            if (key.Equals("meta", StringComparison.OrdinalIgnoreCase))
                continue;
            // Keys may be dotted or even carry value filters; they mean what they mean as paths.
            var path = PatchPath.Parse(key);
            if (attribute is not null || !add)
                Write(resource, path, add, attribute);
        }
    }

    private static void Write(JsonObject resource, PatchPath path, bool add, JsonNode? value)
    {
        if (value is null)
            PatchRemover.Remove(resource, path, null);
        else if (path.IsExtension && ScimSchemas.IsCore(path.Name))
            Merge(resource, add, value);
        else
            PatchWriter.Write(resource, path, add, value);
    }

    private static ScimException Syntax(string detail) => new(400, "invalidSyntax", detail);
}
