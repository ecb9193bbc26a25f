using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Numbers and moments as clients write them: as JSON has them, or in a text, as CSV files have them.</summary>
internal static class ScimNumbers
{
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static long? Whole(JsonNode value) => Any(value) is { } number && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;

    public static decimal? Any(JsonNode value) => value is JsonValue && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(value.ToString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        ? number : null;

    /// <summary>The text itself: another notation of the same moment would be a change.</summary>
    public static string? Moment(JsonNode value) =>
        ScimAttributes.Text(value) is { } text && DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null;
}
