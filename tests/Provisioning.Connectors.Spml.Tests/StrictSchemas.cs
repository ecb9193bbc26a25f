using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>
/// The OASIS schemas, made to compile and to check the content that they leave open. As published, the content of the
/// extensible base type may be of any other namespace, which is ambiguous with the elements that derived types add; and DSML
/// declares no global elements, so that open content would never be checked.
/// </summary>
internal static class StrictSchemas
{
    private static readonly XNamespace s_xsd = "http://www.w3.org/2001/XMLSchema";

    // Where the standard puts foreign elements, by type: the namespaces that the elements may be of.
    private static readonly Dictionary<string, string> s_content = new()
    {
        ["CapabilityDataType"] = "urn:oasis:names:tc:SPML:2:0:reference",
        ["BatchRequestType"] = "urn:oasis:names:tc:SPML:2:0 urn:oasis:names:tc:SPML:2:0:suspend",
        ["SchemaType"] = "urn:oasis:names:tc:SPML:2:0:DSML http://www.w3.org/2001/XMLSchema",
    };

    public static XmlSchemaSet Set { get; } = Load();

    /// <summary>What is wrong with a message; empty when it is valid.</summary>
    public static IReadOnlyList<string> Problems(XElement message)
    {
        var problems = new List<string>();
        message = new XElement(message);
        // Responses within a response stand where the schema says nothing about them: each is checked by itself.
        foreach (var inner in message.Elements().Where(child => child.Name.LocalName.EndsWith("Response", StringComparison.Ordinal)).ToList())
        {
            inner.Remove();
            problems.AddRange(Problems(inner));
        }

        var document = new XDocument(message);
        // The root must be a declared message: without this an unknown one would only be warned about.
        if (Set.GlobalElements[new XmlQualifiedName(message.Name.LocalName, message.Name.NamespaceName)] is null)
            problems.Add($"'{message.Name}' is no declared message");
        document.Validate(Set, (_, failure) => problems.Add(failure.Message));
        return problems;
    }

    private static XmlSchemaSet Load()
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        set.ValidationEventHandler += static (_, failure) => throw new InvalidOperationException($"line {failure.Exception.LineNumber}: {failure.Message}");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Schemas"), "*.xsd"))
        {
            var schema = XDocument.Load(file);
            // Imports are resolved among the schemas of the set.
            foreach (var import in schema.Root!.Elements(s_xsd + "import"))
                import.Attribute("schemaLocation")?.Remove();
            Correct(schema.Root, Path.GetFileName(file));
            set.Add(null, schema.CreateReader());
        }

        set.Compile();
        return set;
    }

    private static void Correct(XElement schema, string file)
    {
        var target = (string)schema.Attribute("targetNamespace")!;
        if (file == "DSMLv2.xsd")
        {
            XNamespace dsml = target;
            foreach (var (name, type) in ((string, string)[])[("attr", "DsmlAttr"), ("modification", "DsmlModification"), ("filter", "Filter")])
                schema.Add(new XElement(s_xsd + "element", new XAttribute("name", name), new XAttribute("type", type)));
        }

        foreach (var type in schema.Elements(s_xsd + "complexType"))
        {
            var name = (string?)type.Attribute("name");
            if (name == "ExtensibleType")
                type.Descendants(s_xsd + "any").Single().SetAttributeValue("namespace", "##local urn:oasis:names:tc:DSML:2:0:core urn:ex:user");
            else if (name == "SearchQueryType")
                Open(type.Descendants(s_xsd + "extension").Single(), "urn:oasis:names:tc:SPML:2:0");
            else if (name is not null && file.StartsWith("pstc_spmlv2_", StringComparison.Ordinal) && file != "pstc_spmlv2_dsml.xsd"
                && s_content.TryGetValue(name, out var namespaces))
                Open(type.Descendants(s_xsd + "extension").Single(), namespaces);
        }
    }

    private static void Open(XElement extension, string namespaces)
    {
        var any = Any(namespaces);
        // An annotation comes first wherever there is one.
        if (extension.Element(s_xsd + "sequence") is not { } sequence)
            After(extension, new XElement(s_xsd + "sequence", any));
        else
            After(sequence, any);
    }

    private static void After(XElement parent, XElement child)
    {
        if (parent.Element(s_xsd + "annotation") is { } annotation)
            annotation.AddAfterSelf(child);
        else
            parent.AddFirst(child);
    }

    private static XElement Any(string namespaces) => new(
        s_xsd + "any", new XAttribute("namespace", namespaces), // Lax, since schemas of targets are described by no schema here; what is declared is checked all the same.
        new XAttribute("processContents", "lax"),
        new XAttribute("minOccurs", 0), new XAttribute("maxOccurs", "unbounded"));
}
