using System.Text;
using System.Text.Json;

namespace Provisioning.Xacml;

/// <summary>Requests and responses in the JSON profile: the basics, without multiple decisions.</summary>
public static class XacmlJson
{
    private static readonly Dictionary<string, string> Categories = new()
    {
        ["AccessSubject"] = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject",
        ["RecipientSubject"] = "urn:oasis:names:tc:xacml:1.0:subject-category:recipient-subject",
        ["IntermediarySubject"] = "urn:oasis:names:tc:xacml:1.0:subject-category:intermediary-subject",
        ["Codebase"] = "urn:oasis:names:tc:xacml:1.0:subject-category:codebase",
        ["RequestingMachine"] = "urn:oasis:names:tc:xacml:1.0:subject-category:requesting-machine",
        ["Resource"] = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource",
        ["Action"] = "urn:oasis:names:tc:xacml:3.0:attribute-category:action",
        ["Environment"] = "urn:oasis:names:tc:xacml:3.0:attribute-category:environment",
    };

    /// <summary>Reads a request.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request that can be evaluated.</exception>
    public static XacmlRequest ReadRequest(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            var request = document.RootElement.GetProperty("Request");
            if (request.TryGetProperty("MultiRequests", out _)) throw new XacmlSyntaxException("MultiRequests is not supported");
            var builder = new XacmlRequestBuilder
            {
                ReturnPolicyIdList = request.TryGetProperty("ReturnPolicyIdList", out var flag) && flag.GetBoolean(),
            };
            var seen = new HashSet<string>();
            foreach (var member in request.EnumerateObject())
            {
                if (member.Name != "Category" && !Categories.ContainsKey(member.Name)) continue;
                foreach (var category in OneOrMany(member.Value))
                {
                    var name = member.Name == "Category" ? category.GetProperty("CategoryId").GetString()! : member.Name;
                    name = Categories.GetValueOrDefault(name, name);
                    if (!seen.Add(name)) throw new XacmlSyntaxException($"category '{name}' occurs twice; multiple decisions are not supported");
                    if (!category.TryGetProperty("Attribute", out var attributes)) continue;
                    foreach (var attribute in OneOrMany(attributes)) Read(builder, name, attribute);
                }
            }

            return builder.Build();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new XacmlSyntaxException(error.Message, error);
        }
    }

    /// <summary>Reads a request.</summary>
    /// <param name="utf8">The JSON text; left open.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request that can be evaluated.</exception>
    public static XacmlRequest ReadRequest(Stream utf8) => ReadRequest(BoundedText.Read(utf8));

    /// <summary>Writes a response.</summary>
    /// <param name="result">The result.</param>
    /// <param name="utf8">Where to; left open.</param>
    public static void WriteResponse(XacmlResult result, Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        utf8.Write(System.Text.Encoding.UTF8.GetBytes(WriteResponse(result)));
    }

    /// <summary>Writes a response.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The JSON text.</returns>
    public static string WriteResponse(XacmlResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("Response");
            json.WriteStartObject();
            json.WriteString("Decision", result.Decision.ToString());
            json.WriteStartObject("Status");
            json.WriteStartObject("StatusCode");
            json.WriteString("Value", result.StatusCode);
            json.WriteEndObject();
            if (result.StatusMessage is not null) json.WriteString("StatusMessage", result.StatusMessage);
            json.WriteEndObject();
            Duties(json, "Obligations", [.. result.Obligations.Select(one => (one.Id, one.Assignments))]);
            Duties(json, "AssociatedAdvice", [.. result.Advice.Select(one => (one.Id, one.Assignments))]);
            if (result.ReturnPolicyIdList) Policies(json, result.ApplicablePolicies);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Read(XacmlRequestBuilder builder, string category, JsonElement attribute)
    {
        var id = attribute.GetProperty("AttributeId").GetString()!;
        var issuer = attribute.TryGetProperty("Issuer", out var by) ? by.GetString() : null;
        var declared = attribute.TryGetProperty("DataType", out var of) ? of.GetString()! : null;
        foreach (var value in OneOrMany(attribute.GetProperty("Value")))
        {
            var uri = declared is null ? Inferred(value) : declared.Contains(':', StringComparison.Ordinal) ? declared : Long(declared);
            if (DataType.Find(uri) is not { } type) continue;
            builder.AddText(category, id, type, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), issuer);
        }
    }

    private static string Long(string name) => DataType.All.FirstOrDefault(type => type.Name == name)?.Uri ?? name;

    private static string Inferred(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => DataTypes.Boolean,
        JsonValueKind.Number => value.GetRawText().AsSpan().IndexOfAny(".eE") < 0 ? DataTypes.Integer : DataTypes.Double,
        _ => DataTypes.String,
    };

    private static JsonElement[] OneOrMany(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [element];

    private static void Duties(Utf8JsonWriter json, string name, (string Id, IReadOnlyList<AttributeAssignment> Assignments)[] duties)
    {
        if (duties.Length == 0) return;
        json.WriteStartArray(name);
        foreach (var (id, assignments) in duties)
        {
            json.WriteStartObject();
            json.WriteString("Id", id);
            json.WriteStartArray("AttributeAssignment");
            foreach (var one in assignments)
            {
                json.WriteStartObject();
                json.WriteString("AttributeId", one.AttributeId);
                if (one.Category is not null) json.WriteString("Category", one.Category);
                if (one.Issuer is not null) json.WriteString("Issuer", one.Issuer);
                json.WriteString("DataType", one.DataType);
                json.WriteString("Value", one.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Policies(Utf8JsonWriter json, IReadOnlyList<PolicyIdentifier> policies)
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
}
