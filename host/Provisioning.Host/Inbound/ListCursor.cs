using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Where a page begins that a cursor names (RFC 9865). It has all that the next request needs, so it does not expire.</summary>
/// <param name="After">The place of the last item before; null for the start.</param>
/// <param name="Total">How many there were in all when the list was begun; null if nobody counted yet.</param>
internal sealed record ListCursor(string? After, long? Total)
{
    /// <exception cref="ScimException">400 <c>invalidCursor</c>.</exception>
    public static ListCursor Parse(string text)
    {
        if (text.Length == 0)
            return new ListCursor(null, null);
        try
        {
            var json = JsonNode.Parse(Convert.FromBase64String(Padded(text.Replace('-', '+').Replace('_', '/'))))!;
            return new ListCursor(json["after"]!.GetValue<string>(), json["total"]!.GetValue<long>());
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            throw new ScimException(400, "invalidCursor", "'cursor' is none that this server gave; begin again with an empty one");
        }
    }

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonObject { ["after"] = After, ["total"] = Total }.ToJsonString()))
        .Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private static string Padded(string text) => text.PadRight(text.Length + ((4 - (text.Length % 4)) % 4), '=');
}
