using System.Text.Json.Nodes;
using Provisioning.Core.Users;
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
    public static void Check(Registration registration, Registration? before) => Check(
        Of(registration.Attributes, registration.AttributesJson), () => before is null ? null : Of(before.Attributes, before.AttributesJson));

    /// <inheritdoc cref="Check(Registration, Registration)" />
    public static void Check(JsonObject group, JsonObject? stored) => Check(
        Of(group, group.ToJsonString()), () => stored is null ? null : Of(stored, stored.ToJsonString()));

    private static void Check(int size, Func<int?> stored)
    {
        if (size > MaxBytes && !(size <= stored()))
            throw new ScimException(413, null, $"the attributes take {size} bytes as JSON; at most {MaxBytes} are possible");
    }

    private static int Of(JsonObject attributes, string json) =>
        attributes["active"] is { } active ? json.Length - "\"active\":,".Length - active.ToJsonString().Length : json.Length;
}
