using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>PATCH (RFC 7644, section 3.5.2), tolerant of the dialects of Entra and Okta.</summary>
public static class ScimPatch
{
    /// <summary>Applies all operations to a copy of the resource and returns it; the resource itself is never changed.</summary>
    /// <remarks>
    /// Removing what is not there is success, so that clients can repeat a request. Read-only <c>id</c> and <c>meta</c> are
    /// passed over in an operation without a path and refused in a path.
    /// </remarks>
    /// <exception cref="ScimException">400 with <c>invalidSyntax</c>, <c>invalidPath</c>, <c>invalidValue</c>, <c>noTarget</c> or <c>mutability</c>.</exception>
    public static JsonObject Apply(JsonObject resource, JsonObject patchBody)
    {
        if (ScimAttributes.Find(patchBody, "Operations") is not JsonArray { Count: > 0 } operations)
            throw new ScimException(400, "invalidSyntax", "a patch needs a non-empty array 'Operations'");
        var result = resource.DeepClone().AsObject();
        foreach (var operation in operations)
        {
            if (operation is not JsonObject body) throw new ScimException(400, "invalidSyntax", "an operation must be an object");
            ApplyOne(result, body);
        }
        PatchSchemas.Complete(result);
        return result;
    }

    private static void ApplyOne(JsonObject resource, JsonObject operation)
    {
        if (!ScimAttributes.TryGetText(operation, "op", out var op)) throw new ScimException(400, "invalidSyntax", "an operation needs an 'op'");
        var kind = op.ToLowerInvariant() switch
        {
            "add" => PatchKind.Add,
            "replace" => PatchKind.Replace,
            "remove" => PatchKind.Remove,
            _ => throw new ScimException(400, "invalidSyntax", $"unknown operation '{op}'"),
        };
        var hasValue = ScimAttributes.NameOf(operation, "value") is not null;
        var value = ScimAttributes.Find(operation, "value");
        var path = ScimAttributes.Find(operation, "path");
        if (path is JsonValue text && text.GetValueKind() == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetValue<string>()))
        {
            if (kind != PatchKind.Remove && !hasValue) throw new ScimException(400, "invalidValue", $"'{op}' of '{text}' needs a value");
            var target = ScimPath.Parse(text.GetValue<string>());
            Refuse(target);
            new PatchTarget(resource, target).Apply(kind, value);
        }
        else if (path is null or JsonValue)
        {
            WithoutPath(resource, kind, value);
        }
        else
        {
            throw new ScimException(400, "invalidPath", "a path must be text");
        }
    }

    // Each member of the object is an operation of its own. Entra writes paths as keys ("name.givenName"), Okta sends the "id" along.
    private static void WithoutPath(JsonObject resource, PatchKind kind, JsonNode? value)
    {
        if (kind == PatchKind.Remove) throw new ScimException(400, "noTarget", "a remove needs a path");
        if (value is not JsonObject attributes) throw new ScimException(400, "invalidValue", "an operation without a path needs an object as its value");
        foreach (var (key, item) in attributes)
        {
            if (IsReadOnly(key) || key.Equals("schemas", StringComparison.OrdinalIgnoreCase)) continue;
            new PatchTarget(resource, ScimPath.Parse(key)).Apply(kind, item);
        }
    }

    private static void Refuse(ScimPath path)
    {
        if (path is { Schema: null, Attribute: { } name } && IsReadOnly(name))
            throw new ScimException(400, "mutability", $"'{name}' is read-only");
    }

    private static bool IsReadOnly(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.Equals("meta", StringComparison.OrdinalIgnoreCase);
}
