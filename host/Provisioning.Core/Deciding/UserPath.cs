using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Scim;
using Provisioning.Xacml;

namespace Provisioning.Core.Deciding;

/// <summary>Where a policy looks in a user: a path of SCIM, such as <c>name.familyName</c>, <c>addresses.locality</c> or
/// <c>addresses[type eq "work"].locality</c>. Attributes of extensions go by their short name as well.</summary>
internal sealed class UserPath
{
    private readonly ScimFilter? _filter;

    private UserPath(string text, string[] names, int filtered, ScimFilter? filter) => (Text, Names, Filtered, _filter) = (text, names, filtered, filter);

    /// <summary>The path as the policy writes it.</summary>
    public string Text { get; }

    /// <summary>The names from the outside in; a path into an extension is one name, since where its URN ends only the user shows.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many of the names stand before the filter; 0 if there is none.</summary>
    public int Filtered { get; }

    /// <summary>Reads a path.</summary>
    /// <exception cref="ScimException">The filter is none.</exception>
    public static UserPath Parse(string text)
    {
        var open = text.IndexOf('[', StringComparison.Ordinal);
        if (open < 0) return new(text, IsExtension(text) ? [text] : text.Split('.'), 0, null);
        var close = text.LastIndexOf(']');
        if (close < open || (close < text.Length - 1 && text[close + 1] != '.')) throw new ScimException(400, "invalidPath", "a ']' is missing");
        var before = IsExtension(text) ? [text[..open]] : text[..open].Split('.');
        var behind = close < text.Length - 1 ? text[(close + 2)..].Split('.') : [];
        return new(text, [.. before, .. behind], before.Length, ScimFilter.Parse(text[(open + 1)..close]));
    }

    public static bool IsExtension(string name) => name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds what is there to a request, in the types that it has.</summary>
    public void AddTo(XacmlRequestBuilder builder, string attributeId, JsonObject user)
    {
        if (IsExtension(Text))
        {
            foreach (var (urn, value) in user)
            {
                // Within an extension, its own separator is accepted too.
                if (value is JsonObject extension && Names[0].Length > urn.Length && Names[0][urn.Length] == ':' && Names[0].StartsWith(urn, StringComparison.OrdinalIgnoreCase))
                    AddWithin(builder, attributeId, extension, Names[0][(urn.Length + 1)..].Split('.', ':'));
            }

            return;
        }

        Add(builder, attributeId, user, Names, 0, Filtered);
        foreach (var (urn, value) in user)
        {
            if (IsExtension(urn) && value is JsonObject extension) Add(builder, attributeId, extension, Names, 0, Filtered);
        }
    }

    private void AddWithin(XacmlRequestBuilder builder, string attributeId, JsonObject extension, string[] names) =>
        Add(builder, attributeId, extension, [.. names, .. Names.Skip(1)], 0, Filtered == 0 ? 0 : names.Length);

    private void Add(XacmlRequestBuilder builder, string attributeId, JsonNode? node, IReadOnlyList<string> names, int at, int filtered)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var element in array)
                {
                    if (filtered > 0 && at == filtered && !(element is JsonObject one && _filter!.Matches(one))) continue;
                    // The value of an element stands for the element.
                    if (at == names.Count) AddValue(builder, attributeId, element is JsonObject complex ? complex["value"] : element, isText: true);
                    else Add(builder, attributeId, element, names, at, at == filtered ? 0 : filtered);
                }

                break;
            case JsonObject when filtered > 0 && at == filtered:
                // A filter picks elements of a list, and there is none.
                break;
            case JsonObject complex when at < names.Count:
                Add(builder, attributeId, complex[names[at]], names, at + 1, filtered);
                break;
            case JsonValue when at == names.Count:
                AddValue(builder, attributeId, node, isText: false);
                break;
        }
    }

    private static void AddValue(XacmlRequestBuilder builder, string attributeId, JsonNode? node, bool isText)
    {
        if (node is not JsonValue value) return;
        var kind = value.GetValueKind();
        if (!isText && kind is JsonValueKind.True or JsonValueKind.False)
            builder.Add(AccessRequest.User, attributeId, DataType.Boolean, kind == JsonValueKind.True);
        else if (!isText && kind == JsonValueKind.Number && value.TryGetValue<long>(out var number))
            builder.Add(AccessRequest.User, attributeId, DataType.Integer, (Integer)number);
        else
            builder.Add(AccessRequest.User, attributeId, DataType.String, value.ToString());
    }
}
