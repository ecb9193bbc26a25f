using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml;

/// <summary>The DSML v2 profile: an object is a flat list of attributes with values.</summary>
internal sealed partial class DsmlProfile(bool modificationsInData) : IDataProfile
{
    private const string ObjectClass = "objectclass";

    public string Id => DsmlProfileId;

    public XElement Data(SpmlObjectSettings kind, JsonObject attributes)
    {
        var data = new XElement(Core + "data", Attribute(ObjectClass, [kind.Class]));
        var problems = new List<string>();
        foreach (var (name, node) in attributes)
        {
            if (Values(name, null, node, problems) is { Count: > 0 } values)
                data.Add(Attribute(name, values));
        }

        return problems.Count == 0 ? data : throw Refused(problems);
    }

    public IEnumerable<XElement> Modifications(SpmlObjectSettings kind, IReadOnlyList<AttributeChange> changes)
    {
        var problems = new List<string>();
        var elements = new List<XElement>();
        foreach (var change in changes)
        {
            var values = Values(change.Attribute, change.SubAttribute, change.Value, problems);
            elements.Add(Modification(change.Attribute, values is { Count: > 0 } ? "replace" : "delete", values ?? []));
        }

        return problems.Count == 0 ? Wrapped(elements) : throw Refused(problems);
    }

    public IEnumerable<XElement> ValueModifications(SpmlObjectSettings kind, string attribute, IReadOnlyList<string> values, bool add) =>
        Wrapped([Modification(attribute, add ? "add" : "delete", values)]);

    public XElement Clause(SpmlObjectSettings kind, string? attribute, string? value)
    {
        var ofClass = Equality(ObjectClass, kind.Class);
        return new XElement(Dsml + "filter", attribute is null ? ofClass : new XElement(Dsml + "and", ofClass, Equality(attribute, value!)));
    }

    public JsonObject Read(XElement data)
    {
        var attributes = new JsonObject();
        foreach (var attribute in data.Elements(Dsml + "attr"))
        {
            if ((string?)attribute.Attribute("name") is { Length: > 0 } name)
                attributes[name] = AttributeText.Node([.. attribute.Elements(Dsml + "value").Select(value => (JsonNode?)value.Value)]);
        }

        return attributes;
    }

    public IEnumerable<SchemaAttribute> Schema(SpmlObjectSettings kind, XElement schema) => DsmlSchemas.Read(schema, kind.Class);

    // Both shapes are in use: a modification's DSML stands in it directly, or within a data element.
    private IEnumerable<XElement> Wrapped(List<XElement> modifications) => modifications.Count == 0 ? []
        : [new XElement(Core + "modification", modificationsInData ? new XElement(Core + "data", modifications) : modifications)];

    private static XElement Attribute(string name, IEnumerable<string> values) =>
        new(Dsml + "attr", new XAttribute("name", name), values.Select(Value));

    private static XElement Modification(string name, string operation, IEnumerable<string> values) =>
        new(Dsml + "modification", new XAttribute("name", name), new XAttribute("operation", operation), values.Select(Value));

    private static XElement Equality(string name, string value) =>
        new(Dsml + "equalityMatch", new XAttribute("name", name), Value(value));

    private static XElement Value(string value) => new(Dsml + "value", value);

    private static IReadOnlyList<string>? Values(string name, string? sub, JsonNode? node, List<string> problems)
    {
        if (!AttributeName().IsMatch(name))
            problems.Add($"'{name}' is no DSML attribute name (letters, digits and hyphens)");
        else if (sub is not null || AttributeText.Values(node) is null)
            problems.Add($"'{name}' is complex, and DSML attributes are flat");
        else
            return AttributeText.Values(node);
        return null;
    }

    private static ConnectorException Refused(List<string> problems) =>
        new(FailureKind.Rejected, $"{string.Join("; ", problems.Distinct())}: map it to a flat attribute of the target");

    [GeneratedRegex(@"^(([0-2](\.[0-9]+)+)|([a-zA-Z]+([a-zA-Z0-9]|-)*))(;([a-zA-Z0-9]|-)+)*$")]
    private static partial Regex AttributeName();
}
