using System.Text.Json;

namespace Provisioning.Xacml;

/// <summary>The object by which the JSON profile writes an xpathExpression (JSON profile 1.1, section 4.2.4.2.1).</summary>
internal static class JsonXPath
{
    public static XPathValue Read(ref Utf8JsonReader json, RequestVocabulary vocabulary)
    {
        json.Require(JsonTokenType.StartObject, "an xpathExpression");
        string? expression = null, category = null;
        Dictionary<string, string>? namespaces = null;
        while (json.NextMember())
        {
            if (json.ValueTextEquals("XPath"u8)) json.ReadText("XPath", ref expression);
            else if (json.ValueTextEquals("XPathCategory"u8)) ReadCategory(ref json, vocabulary, ref category);
            else if (json.ValueTextEquals("Namespaces"u8)) ReadNamespaces(ref json, ref namespaces);
            else throw json.Unknown("an xpathExpression");
        }

        if (expression is null || category is null)
            throw new XacmlSyntaxException($"an xpathExpression lacks {(expression is null ? "XPath" : "XPathCategory")}");
        return new(expression, category, namespaces);
    }

    private static void ReadCategory(ref Utf8JsonReader json, RequestVocabulary vocabulary, ref string? category)
    {
        ReadOnlySpan<byte> name = default;
        var isThere = category is not null;
        json.ReadUtf8("XPathCategory", ref name, ref isThere);
        category = JsonCategories.Find(name) ?? vocabulary.Category(name);
    }

    private static void ReadNamespaces(ref Utf8JsonReader json, ref Dictionary<string, string>? namespaces)
    {
        if (namespaces is not null) throw JsonReading.Twice("Namespaces");
        namespaces = new(StringComparer.Ordinal);
        json.Read();
        json.Require(JsonTokenType.StartArray, "Namespaces");
        while (json.NextItem())
        {
            json.Require(JsonTokenType.StartObject, "a namespace");
            string? prefix = null, uri = null;
            while (json.NextMember())
            {
                if (json.ValueTextEquals("Prefix"u8)) json.ReadText("Prefix", ref prefix);
                else if (json.ValueTextEquals("Namespace"u8)) json.ReadText("Namespace", ref uri);
                else throw json.Unknown("a namespace");
            }

            // Without a prefix it is the default namespace, which XPath 1.0 does not look at.
            if (!namespaces.TryAdd(prefix ?? "", uri ?? throw new XacmlSyntaxException("a namespace lacks Namespace")))
                throw JsonReading.Twice($"prefix '{prefix}'");
        }
    }
}
