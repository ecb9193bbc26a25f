using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml;

/// <summary>The XSD profile: an object is an element of the target's own schema, and changes name their place by path.</summary>
internal sealed class XsdProfile(XNamespace space) : IDataProfile
{
    private const string Prefix = "t";

    public string Id => XsdProfileId;

    public XElement Data(SpmlObjectSettings kind, JsonObject attributes)
    {
        var named = Ordered(kind, attributes).SelectMany(pair => Elements(pair.Key, pair.Value));
        return new XElement(Core + "data", new XElement(space + kind.Class, named));
    }

    public IEnumerable<XElement> Modifications(SpmlObjectSettings kind, IReadOnlyList<AttributeChange> changes)
    {
        Refuse(kind, changes.Select(change => change.Attribute));
        foreach (var change in changes)
        {
            string[] steps = change.SubAttribute is { } sub ? [change.Attribute, sub] : [change.Attribute];
            var elements = Elements(steps[^1], change.Value).ToList();
            var path = Path(kind, steps);
            // What has many values has no single place to replace: it is taken away and added again.
            if (elements.Count != 1)
                yield return Modification("delete", path);
            if (elements.Count == 1)
                yield return Modification("replace", path, elements);
            else if (elements.Count > 1)
                yield return Modification("add", Path(kind, steps.AsSpan(..^1)), elements);
        }
    }

    public IEnumerable<XElement> ValueModifications(SpmlObjectSettings kind, string attribute, IReadOnlyList<string> values, bool add)
    {
        if (add)
            return [Modification("add", Path(kind), values.Select(value => new XElement(space + attribute, value)))];
        return values.Select(value => Modification("delete", $"{Path(kind, attribute)}[.={Literal(value)}]"));
    }

    public XElement Clause(SpmlObjectSettings kind, string? attribute, string? value)
    {
        var path = Path(kind) + (attribute is null ? "" : $"[{Prefix}:{attribute}={Literal(value!)}]");
        return Selection(Core + "select", path);
    }

    public JsonObject Read(XElement data) => data.Elements().FirstOrDefault() is { } root ? Attributes(root) : [];

    public IEnumerable<SchemaAttribute> Schema(SpmlObjectSettings kind, XElement schema) => XsdSchema.Read(schema, space, kind.Class);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Ordered(SpmlObjectSettings kind, JsonObject attributes)
    {
        Refuse(kind, attributes.Select(pair => pair.Key));
        var order = kind.Elements.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place);
        return attributes.OrderBy(pair => order.GetValueOrDefault(pair.Key));
    }

    private static void Refuse(SpmlObjectSettings kind, IEnumerable<string> names)
    {
        var unknown = names.Where(name => kind.Elements.Count == 0 ? !IsName(name) : !kind.Elements.Contains(name)).ToList();
        if (unknown.Count > 0)
            throw new ConnectorException(
                FailureKind.Rejected, $"'{kind.Class}' has no element '{string.Join("', '", unknown)}': map to its elements, or name it in 'elements'");
    }

    private static bool IsName(string name)
    {
        try
        {
            XmlConvert.VerifyNCName(name);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private IEnumerable<XElement> Elements(string name, JsonNode? node) => node switch
    {
        null => [],
        JsonArray many => many.SelectMany(item => Elements(name, item)),
        JsonObject complex => [new XElement(space + name, complex.SelectMany(pair => Elements(pair.Key, pair.Value)))],
        _ => [new XElement(space + name, AttributeText.Text(node.AsValue()))],
    };

    private static JsonObject Attributes(XElement element)
    {
        var attributes = new JsonObject();
        foreach (var group in element.Elements().GroupBy(child => child.Name.LocalName))
            attributes[group.Key] = AttributeText.Node([.. group.Select(child => child.HasElements ? (JsonNode)Attributes(child) : child.Value)]);
        return attributes;
    }

    private static string Path(SpmlObjectSettings kind, params ReadOnlySpan<string> steps)
    {
        var path = $"/{Prefix}:{kind.Class}";
        foreach (var step in steps)
            path += $"/{Prefix}:{step}";
        return path;
    }

    private XElement Modification(string mode, string path, IEnumerable<XElement>? data = null) => new(
        Core + "modification",
        new XAttribute("modificationMode", mode),
        Selection(Core + "component", path),
        data is null ? null : new XElement(Core + "data", data));

    private XElement Selection(XName name, string path) => new(
        name,
        new XAttribute("path", path),
        new XAttribute("namespaceURI", SpmlNames.XPath),
        new XElement(Core + "namespacePrefixMap", new XAttribute("prefix", Prefix), new XAttribute("namespace", space.NamespaceName)));

    // XPath literals cannot escape their own quote: a value with both kinds is put together of parts.
    private static string Literal(string value)
    {
        if (!value.Contains('\'', StringComparison.Ordinal))
            return $"'{value}'";
        return value.Contains('"', StringComparison.Ordinal)
            ? $"concat('{value.Replace("'", "',\"'\",'", StringComparison.Ordinal)}')"
            : $"\"{value}\"";
    }
}
