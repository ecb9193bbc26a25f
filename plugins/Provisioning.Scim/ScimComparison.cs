using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Comparison of one value with a literal (RFC 7644, table 3).</summary>
internal static class ScimComparison
{
    // The attributes whose values are identifiers or references: caseExact in RFC 7643.
    private static readonly HashSet<string> Exact =
        new(["id", "externalId", "$ref", "version", "location", "resourceType"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> HoldsIds = new(["members", "groups", "manager"], StringComparer.OrdinalIgnoreCase);

    public static bool Test(ScimPath path, JsonNode? value, string op, JsonNode literal)
    {
        if (value is not JsonValue actual) return false;
        return actual.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => op == "eq" && Bool(literal) == actual.GetValue<bool>(),
            JsonValueKind.Number => Number(actual) is { } a && Number(literal) is { } b && Ordered(a.CompareTo(b), op),
            JsonValueKind.String => Text(literal) is { } text && Strings(actual.GetValue<string>(), op, text, Comparison(path)),
            _ => false,
        };
    }

    // Entra writes booleans as strings, also in filters.
    private static bool? Bool(JsonNode literal) => literal.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(literal.GetValue<string>(), out var parsed) => parsed,
        _ => null,
    };

    private static double? Number(JsonNode node) =>
        double.TryParse(Text(node), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(JsonNode node) => ScimAttributes.Text((JsonValue)node);

    private static bool Strings(string actual, string op, string literal, StringComparison comparison) => op switch
    {
        "eq" => actual.Equals(literal, comparison) || (SameInstant(actual, literal) is 0),
        "co" => actual.Contains(literal, comparison),
        "sw" => actual.StartsWith(literal, comparison),
        "ew" => actual.EndsWith(literal, comparison),
        _ => Ordered(SameInstant(actual, literal) ?? string.Compare(actual, literal, comparison), op),
    };

    private static bool Ordered(int order, string op) => op switch
    {
        "eq" => order == 0,
        "gt" => order > 0,
        "ge" => order >= 0,
        "lt" => order < 0,
        "le" => order <= 0,
        _ => false,
    };

    private static int? SameInstant(string a, string b) => Instant(a) is { } x && Instant(b) is { } y ? x.CompareTo(y) : null;

    // Only full timestamps: "2011" or "12-3" is text.
    private static DateTimeOffset? Instant(string text) =>
        text.Length >= 19 && text[4] == '-' && text[10] is 'T' or 't'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    private static StringComparison Comparison(ScimPath path) =>
        Exact.Contains(path.SubAttribute ?? path.Attribute ?? "") || (path.SubAttribute == "value" && HoldsIds.Contains(path.Attribute!))
            ? StringComparison.Ordinal
            : StringComparison.OrdinalIgnoreCase;
}
