using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>A DSML target: two object classes with declared attributes.</summary>
internal sealed class FakeDsmlData(FakeOptions options) : IFakeData
{
    private static readonly Dictionary<string, string[]> s_classes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["inetOrgPerson"] = ["objectclass", "uid", "employeeNumber", "displayName", "givenName", "sn", "mail", "title", "accountStatus"],
        ["groupOfNames"] = ["objectclass", "cn", "description", "employeeNumber", "member"],
    };

    private static readonly HashSet<string> s_many = new(["objectclass", "mail", "member"], StringComparer.OrdinalIgnoreCase);

    public XElement Schema => new(
        Core + "schema",
        new XElement(
            DsmlSchema + "schema",
            s_classes.Select(pair => new XElement(
                DsmlSchema + "objectClassDefinition",
                new XAttribute("name", pair.Key),
                new XElement(DsmlSchema + "memberAttributes", pair.Value.Select(name => new XElement(
                    DsmlSchema + "attributeDefinitionReference", new XAttribute("name", name), new XAttribute("required", name is "uid" or "cn")))))),
            s_classes.Values.SelectMany(names => names).Distinct().Select(name => new XElement(
                DsmlSchema + "attributeDefinition", new XAttribute("name", name), new XAttribute("multivalued", s_many.Contains(name))))),
        s_classes.Keys.Select(name => new XElement(Core + "supportedSchemaEntity", new XAttribute("entityName", name))));

    public (string Class, string Name) Key(XElement data)
    {
        var kind = Values(data, "objectclass").First();
        return (kind, Values(data, kind.Equals("groupOfNames", StringComparison.OrdinalIgnoreCase) ? "cn" : "uid").First());
    }

    public void Check(XElement data)
    {
        if (Values(data, "objectclass").FirstOrDefault() is not { } kind || !s_classes.TryGetValue(kind, out var names))
            throw new FakeFailure("customError", "objectclass violation");
        foreach (var attribute in data.Elements())
        {
            var name = (string)attribute.Attribute("name")!;
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new FakeFailure("malformedRequest", $"undefined attribute '{name}'");
            if (attribute.Elements().Count() > 1 && !s_many.Contains(name))
                throw new FakeFailure("malformedRequest", $"the attribute '{name}' has one value");
        }

        var key = kind == "groupOfNames" ? "cn" : "uid";
        if (!Values(data, key).Any(value => value.Length > 0))
            throw new FakeFailure("malformedRequest", $"the attribute '{key}' is required");
    }

    public void Modify(XElement data, XElement modification)
    {
        var holder = options.ModificationsInData ? modification.Element(Core + "data") : modification;
        if (holder is null || !holder.Elements(Dsml + "modification").Any())
            throw new FakeFailure("malformedRequest", "no modification where one is expected");
        foreach (var change in holder.Elements(Dsml + "modification"))
            Change(data, (string)change.Attribute("name")!, (string)change.Attribute("operation")!, [.. change.Elements().Select(value => value.Value)]);
    }

    public bool Matches(XElement data, XElement query) =>
        Holds(data, query.Element(Dsml + "filter")?.Elements().Single() ?? throw new FakeFailure("malformedRequest", "a query without a filter"));

    private static IEnumerable<string> Values(XElement data, string name) =>
        Find(data, name)?.Elements(Dsml + "value").Select(value => value.Value) ?? [];

    private static XElement? Find(XElement data, string name) => data.Elements(Dsml + "attr")
        .FirstOrDefault(attribute => name.Equals((string?)attribute.Attribute("name"), StringComparison.OrdinalIgnoreCase));

    private static bool Holds(XElement data, XElement filter) => filter.Name.LocalName switch
    {
        "and" => filter.Elements().All(inner => Holds(data, inner)),
        "or" => filter.Elements().Any(inner => Holds(data, inner)),
        "not" => !Holds(data, filter.Elements().Single()),
        "present" => Find(data, (string)filter.Attribute("name")!) is not null,
        "equalityMatch" => Values(data, (string)filter.Attribute("name")!)
            .Contains(filter.Element(Dsml + "value")!.Value, StringComparer.OrdinalIgnoreCase),
        var other => throw new FakeFailure("unsupportedSelectionType", other),
    };

    private void Change(XElement data, string name, string operation, string[] values)
    {
        var attribute = Find(data, name);
        if (operation == "replace" || (operation == "delete" && values.Length == 0))
        {
            attribute?.Remove();
            attribute = null;
        }

        foreach (var value in values)
        {
            var present = attribute?.Elements().FirstOrDefault(other => other.Value == value);
            if (options.RefusesRedundancy && present is null == (operation == "delete"))
                throw new FakeFailure("customError", present is null ? "noSuchAttribute" : "attributeOrValueExists");
            if (operation == "delete")
                present?.Remove();
            else if (attribute is null)
                data.Add(attribute = new XElement(Dsml + "attr", new XAttribute("name", name), new XElement(Dsml + "value", value)));
            else if (present is null)
                attribute.Add(new XElement(Dsml + "value", value));
        }

        if (attribute is { HasElements: false, Parent: not null })
            attribute.Remove();
    }
}
