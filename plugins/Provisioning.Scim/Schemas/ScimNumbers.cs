using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Numbers and moments as clients write them: as JSON has them, or in a text, as CSV files have them. What cannot be kept as it is written is none.</summary>
internal static class ScimNumbers
{
    private const int MostDigits = 28;

    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static long? Whole(JsonNode value) => Read(value) is { } number && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;

    /// <summary>The number as JSON, in the form in which it is read from the database again.</summary>
    public static JsonNode? Any(JsonNode value) => Read(value) is { } number ? JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)) : null;

    /// <summary>The text itself: another notation of the same moment would be a change.</summary>
    public static string? Moment(JsonNode value) =>
        ScimAttributes.Text(value) is { } text && DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null;

    private static decimal? Read(JsonNode value) => value is JsonValue && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && value.ToString() is var text && IsExact(text)
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        ? number : null;

    // A decimal number is rounded without a word where it has more digits, or smaller ones, than fit.
    private static bool IsExact(string text)
    {
        var end = text.IndexOfAny(['e', 'E']);
        var mantissa = end < 0 ? text : text[..end];
        if (end >= 0 && !int.TryParse(text.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return false;
        var exponent = end < 0 ? 0 : int.Parse(text.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? "" : mantissa[(point + 1)..].TrimEnd('0');
        var digits = ((point < 0 ? mantissa : mantissa[..point]) + fraction).TrimStart('+', '-').TrimStart('0');
        return digits.Length <= MostDigits && Math.Abs((long)fraction.Length - exponent) <= MostDigits;
    }
}
