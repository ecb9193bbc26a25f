using System.Text.Json;

namespace Provisioning.Xacml.Testing;

/// <summary>Reads a response written in the JSON profile.</summary>
internal static class JsonAnswer
{
    public static Answer Read(byte[] json)
    {
        using var document = JsonDocument.Parse(new MemoryStream(json));
        return new([.. Many(document.RootElement, "Response").Select(Result)]);
    }

    private static AnsweredResult Result(JsonElement result) => AnsweredResult.Of(
        Text(result, "Decision")!,
        result.TryGetProperty("Status", out var status) && status.TryGetProperty("StatusCode", out var code) ? Text(code, "Value") : null,
        [.. Duties(result, "Obligations", "Obligation"), .. Duties(result, "AssociatedAdvice", "Advice"), .. Attributes(result), .. Policies(result)]);

    private static IEnumerable<string> Duties(JsonElement result, string list, string kind) => Many(result, list).Select(duty => AnsweredResult.Duty(
        kind,
        Text(duty, "Id"),
        Many(duty, "AttributeAssignment").SelectMany(one => Many(one, "Value").Select(value =>
            AnsweredResult.Assignment(Text(one, "AttributeId"), Text(one, "Category"), Text(one, "Issuer"), Value(one, value))))));

    private static IEnumerable<string> Attributes(JsonElement result) =>
        from category in Many(result, "Category")
        from attribute in Many(category, "Attribute")
        from value in Many(attribute, "Value")
        select "attribute " + AnsweredResult.Assignment(
            Text(attribute, "AttributeId"), Text(category, "CategoryId"), Text(attribute, "Issuer"), Value(attribute, value));

    private static IEnumerable<string> Policies(JsonElement result) =>
        from list in Many(result, "PolicyIdentifierList")
        from kind in (string[])["PolicyIdReference", "PolicySetIdReference"]
        from policy in Many(list, kind)
        select $"{kind} {Text(policy, "Id")} version {Text(policy, "Version")}";

    private static string Value(JsonElement owner, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object) return CanonicalValue.OfXPath(Text(value, "XPath")!, Text(value, "XPathCategory"));
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return CanonicalValue.Of(Text(owner, "DataType") ?? Inferred(value), text);
    }

    private static string Inferred(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => DataTypes.Boolean,
        JsonValueKind.Number => value.TryGetInt64(out _) ? DataTypes.Integer : DataTypes.Double,
        _ => DataTypes.String,
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    // The profile lets a list of one stand as the one.
    private static List<JsonElement> Many(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value)) return [];
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
    }
}
