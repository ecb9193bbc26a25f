using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>A target of the XSD profile, with the classes of <c>person.xsd</c>. Paths are evaluated as the XPath they are.</summary>
internal sealed class FakeXsdData : IFakeData
{
    private static readonly XNamespace s_user = "urn:ex:user";
    private static readonly List<string> s_order = ["uid", "owner", "displayName", "name", "title", "mail", "description", "member"];

    public XElement Schema => new(
        Core + "schema",
        XElement.Load(Path.Combine(AppContext.BaseDirectory, "Schemas", "person.xsd")),
        new XElement(Core + "supportedSchemaEntity", new XAttribute("entityName", "Person")));

    public (string Class, string Name) Key(XElement data)
    {
        var root = data.Elements().Single();
        return (root.Name.LocalName, root.Element(s_user + "uid")!.Value);
    }

    public void Check(XElement data)
    {
        if (data.Elements().Count() != 1 || data.Elements().Single().Name.Namespace != s_user)
            throw new FakeFailure("malformedRequest", "the data is not one element of the target's schema");
        if (StrictSchemas.Problems(data.Elements().Single()) is { Count: > 0 } problems)
            throw new FakeFailure("malformedRequest", problems[0]);
    }

    public void Modify(XElement data, XElement modification)
    {
        var component = modification.Element(Core + "component") ?? throw new FakeFailure("malformedRequest", "a modification without a component");
        var content = modification.Element(Core + "data")?.Elements().Select(element => new XElement(element)).ToList() ?? [];
        var selected = Select(data, component).ToList();
        switch ((string?)modification.Attribute("modificationMode"))
        {
            case "delete":
                selected.Remove();
                break;
            case "add" when selected.Count == 1:
                selected[0].Add(content);
                break;
            case "replace" when selected.Count == 0:
                // Nothing there to replace: it is added where the path would have it.
                Select(data, Parent(component)).Single().Add(content);
                break;
            case "replace":
                selected[0].ReplaceWith(content);
                break;
            default:
                throw new FakeFailure("malformedRequest", "the modification names no place");
        }

        Sort(data.Elements().Single());
    }

    public bool Matches(XElement data, XElement query)
    {
        var select = query.Element(Core + "select") ?? throw new FakeFailure("unsupportedSelectionType", "a query without a selection");
        return Select(data, select).Any();
    }

    private static XElement Parent(XElement component)
    {
        var parent = new XElement(component);
        var path = (string)parent.Attribute("path")!;
        parent.SetAttributeValue("path", path[..path.LastIndexOf('/')]);
        return parent;
    }

    private static IEnumerable<XElement> Select(XElement data, XElement selection)
    {
        if ((string?)selection.Attribute("namespaceURI") != SpmlNames.XPath)
            throw new FakeFailure("unsupportedSelectionType", "only XPath is supported");
        var names = new XmlNamespaceManager(new NameTable());
        foreach (var map in selection.Elements(Core + "namespacePrefixMap"))
            names.AddNamespace((string)map.Attribute("prefix")!, (string)map.Attribute("namespace")!);
        // The paths start at the object's own element, which stands within data here.
        return data.XPathSelectElements("." + (string)selection.Attribute("path")!, names);
    }

    private static void Sort(XElement root)
    {
        var sorted = root.Elements().OrderBy(element => s_order.IndexOf(element.Name.LocalName)).ToList();
        root.ReplaceNodes(sorted);
    }
}
