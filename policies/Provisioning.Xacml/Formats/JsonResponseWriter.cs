using System.Buffers;
using System.Text.Json;

namespace Provisioning.Xacml;

/// <summary>Writes a response of the JSON profile 1.1.</summary>
internal static class JsonResponseWriter
{
    private static readonly JsonEncodedText Response = JsonEncodedText.Encode("Response");
    private static readonly JsonEncodedText Decided = JsonEncodedText.Encode("Decision");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("Status");
    private static readonly JsonEncodedText StatusCode = JsonEncodedText.Encode("StatusCode");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("Value");

    private static readonly byte[] PlainPermit = Plain(Decision.Permit);
    private static readonly byte[] PlainDeny = Plain(Decision.Deny);
    private static readonly byte[] PlainNotApplicable = Plain(Decision.NotApplicable);

    public static void Write(XacmlResponse response, IBufferWriter<byte> output)
    {
        if (response.Results is [{ IsPlain: true } only])
        {
            // Nearly every answer is one of three.
            output.Write(only.Decision switch
            {
                Decision.Permit => PlainPermit,
                Decision.Deny => PlainDeny,
                _ => PlainNotApplicable,
            });
            return;
        }

        WriteInFull(response, output);
    }

    private static void WriteInFull(XacmlResponse response, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray(Response);
        foreach (var result in response.Results) WriteResult(json, result);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static byte[] Plain(Decision decision)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteInFull(new([new(decision, Xacml.StatusCodes.Ok, null, [], [], [])]), output);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteResult(Utf8JsonWriter json, XacmlResult result)
    {
        json.WriteStartObject();
        json.WriteString(Decided, result.Decision switch
        {
            Decision.Permit => "Permit"u8,
            Decision.Deny => "Deny"u8,
            Decision.NotApplicable => "NotApplicable"u8,
            _ => "Indeterminate"u8,
        });
        json.WriteStartObject(Status);
        WriteStatusCode(json, result.StatusCode, result.MinorStatusCodes, 0);
        if (result.StatusMessage is not null) json.WriteString("StatusMessage", result.StatusMessage);
        if (result.MissingAttributes.Count > 0) WriteMissing(json, result.MissingAttributes);
        json.WriteEndObject();
        if (result.Obligations.Count > 0) WriteDuties(json, "Obligations", result.Obligations.Select(one => (one.Id, one.Assignments)));
        if (result.Advice.Count > 0) WriteDuties(json, "AssociatedAdvice", result.Advice.Select(one => (one.Id, one.Assignments)));
        if (result.Included.Count > 0) WriteIncluded(json, result.Included);
        if (result is { ReturnPolicyIdList: true, PolicyIdentifierList.Count: > 0 }) WritePolicies(json, result.PolicyIdentifierList);
        json.WriteEndObject();
    }

    private static void WriteStatusCode(Utf8JsonWriter json, string code, IReadOnlyList<string> minor, int depth)
    {
        json.WriteStartObject(StatusCode);
        json.WriteString(Value, code);
        if (depth < minor.Count) WriteStatusCode(json, minor[depth], minor, depth + 1);
        json.WriteEndObject();
    }

    private static void WriteMissing(Utf8JsonWriter json, IReadOnlyList<MissingAttribute> missing)
    {
        json.WriteStartArray("StatusDetail");
        foreach (var one in missing)
        {
            json.WriteStartObject();
            json.WriteString("Category", one.Category);
            json.WriteString("AttributeId", one.AttributeId);
            json.WriteString("DataType", one.DataType);
            if (one.Issuer is not null) json.WriteString("Issuer", one.Issuer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDuties(Utf8JsonWriter json, string name, IEnumerable<(string Id, IReadOnlyList<AttributeAssignment> Assignments)> duties)
    {
        json.WriteStartArray(name);
        foreach (var (id, assignments) in duties)
        {
            json.WriteStartObject();
            json.WriteString("Id", id);
            if (assignments.Count > 0)
            {
                json.WriteStartArray("AttributeAssignment");
                foreach (var assignment in assignments)
                {
                    json.WriteStartObject();
                    json.WriteString("AttributeId", assignment.AttributeId);
                    if (assignment.Category is not null) json.WriteString("Category", assignment.Category);
                    if (assignment.Issuer is not null) json.WriteString("Issuer", assignment.Issuer);
                    json.WriteString("DataType", assignment.DataType);
                    json.WritePropertyName(Value);
                    WriteValue(json, assignment.DataType, assignment.Value, assignment.XPath);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIncluded(Utf8JsonWriter json, IReadOnlyList<IncludedAttribute> included)
    {
        json.WriteStartArray("Category");
        for (var i = 0; i < included.Count;)
        {
            var category = included[i];
            json.WriteStartObject();
            json.WriteString("CategoryId", category.Category);
            if (category.CategoryId is not null) json.WriteString("Id", category.CategoryId);
            json.WriteStartArray("Attribute");
            while (i < included.Count && included[i].IsBeside(category)) WriteAttribute(json, included, ref i);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAttribute(Utf8JsonWriter json, IReadOnlyList<IncludedAttribute> included, ref int i)
    {
        var first = included[i];
        var end = i;
        while (end < included.Count && included[end].IsOf(first) && included[end].DataType == first.DataType) end++;
        json.WriteStartObject();
        json.WriteString("AttributeId", first.AttributeId);
        if (first.Issuer is not null) json.WriteString("Issuer", first.Issuer);
        json.WriteString("DataType", first.DataType);
        json.WriteBoolean("IncludeInResult", true);
        json.WritePropertyName(Value);
        if (end - i > 1) json.WriteStartArray();
        for (var at = i; at < end; at++) WriteValue(json, included[at].DataType, included[at].Value, included[at].XPath);
        if (end - i > 1) json.WriteEndArray();
        json.WriteEndObject();
        i = end;
    }

    private static void WritePolicies(Utf8JsonWriter json, IReadOnlyList<PolicyIdentifier> policies)
    {
        json.WriteStartObject("PolicyIdentifierList");
        foreach (var kind in policies.GroupBy(policy => policy.IsSet))
        {
            json.WriteStartArray(kind.Key ? "PolicySetIdReference" : "PolicyIdReference");
            foreach (var policy in kind)
            {
                json.WriteStartObject();
                json.WriteString("Id", policy.Id);
                json.WriteString("Version", policy.Version);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // Numbers and booleans are written as such; what JSON has no number for, as the text that it is (JSON profile 1.1, section 3.4).
    private static void WriteValue(Utf8JsonWriter json, string dataType, string text, XPathValue? xpath)
    {
        if (xpath is not null) WriteXPath(json, xpath);
        else if (dataType == DataTypes.Boolean && DataType.Boolean.TryParse(text, out bool flag)) json.WriteBooleanValue(flag);
        else if (dataType == DataTypes.Integer && DataType.Integer.TryParse(text, out Integer number)) json.WriteRawValue(number.ToString());
        else if (dataType == DataTypes.Double && DataType.Double.TryParse(text, out double real) && double.IsFinite(real)) json.WriteNumberValue(real);
        else json.WriteStringValue(text);
    }

    private static void WriteXPath(Utf8JsonWriter json, XPathValue xpath)
    {
        json.WriteStartObject();
        json.WriteString("XPathCategory", xpath.Category);
        var named = xpath.Namespaces.Where(pair => pair.Key.Length > 0).ToList();
        if (named.Count > 0)
        {
            json.WriteStartArray("Namespaces");
            foreach (var (prefix, uri) in named)
            {
                json.WriteStartObject();
                json.WriteString("Prefix", prefix);
                json.WriteString("Namespace", uri);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteString("XPath", xpath.Expression);
        json.WriteEndObject();
    }
}
