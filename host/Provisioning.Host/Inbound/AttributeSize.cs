using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>
/// How much one user may have. A user is read, decided about, mapped and compared together with many others, so a large one costs everybody
/// memory; a body may be larger, because a patch says more than what it leaves behind.
/// </summary>
internal static class AttributeSize
{
    /// <summary>Bytes of JSON: of all attributes of a user, or of a group without its members.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>
    /// Users from earlier versions may be larger. They may stay as large, or become smaller, and whether they are active counts for nothing: they
    /// can always be disabled.
    /// </summary>
    /// <exception cref="ScimException">413.</exception>
    public static void Check(JsonObject attributes, JsonObject? stored)
    {
        var size = Of(attributes);
        if (size > MaxBytes && (stored is null || size > Of(stored)))
            throw new ScimException(413, null, $"the attributes take {size} bytes as JSON; at most {MaxBytes} are possible");
    }

    private static long Of(JsonObject attributes)
    {
        using var writer = new Utf8JsonWriter(Stream.Null);
        attributes.WriteTo(writer);
        writer.Flush();
        var size = writer.BytesCommitted;
        return attributes["active"] is { } active ? size - "\"active\":,".Length - active.ToJsonString().Length : size;
    }
}
