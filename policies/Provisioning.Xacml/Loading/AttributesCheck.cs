using System.Text.RegularExpressions;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>The XML attributes of elements beside the schema.</summary>
/// <param name="faults">What is wrong.</param>
/// <param name="remarks">What is not as it should be and is no reason to refuse a policy.</param>
internal sealed partial class AttributesCheck(SchemaFaults faults, List<(int Line, string Message)> remarks)
{
    // XACML 2.0 had the category of a subject in an attribute of its own, and a published case of the standard still repeats it there.
    private const string FormerCategory = "SubjectCategory";

    /// <summary>Looks at the attributes of the element that a reader is at, and leaves the reader there.</summary>
    public void Look(SchemaElement schema, XmlReader reader)
    {
        var lines = (IXmlLineInfo)reader;
        var at = lines.LineNumber;
        while (reader.MoveToNextAttribute())
        {
            // What instances say about their schema is allowed everywhere.
            if (schema.HasAnyAttribute || reader.NamespaceURI is "http://www.w3.org/2001/XMLSchema-instance" or "http://www.w3.org/2000/xmlns/") continue;
            if (reader.NamespaceURI.Length > 0 || Array.Find(schema.Attributes, one => one.Name == reader.LocalName) is not { } known) Unknown(schema, reader, lines.LineNumber);
            else if (Fault(known.Value, reader.Value) is { } fault) faults.Add(lines.LineNumber, $"{known.Name} '{reader.Value}' {fault}");
        }

        reader.MoveToElement();
        foreach (var required in schema.Attributes)
        {
            if (required.IsRequired && reader.GetAttribute(required.Name) is null) faults.Add(at, $"{schema.Name} lacks {required.Name}");
        }
    }

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)*\z")]
    private static partial Regex Version();

    [GeneratedRegex(@"^(([0-9]+|\*)\.)*([0-9]+|\*|\+)\z")]
    private static partial Regex VersionMatch();

    private static string? Fault(SchemaValue type, string value) => type switch
    {
        SchemaValue.Flag when !XmlLexical.TryBoolean(value.AsSpan().Trim(XmlLexical.Space), out _) => "is neither true nor false",
        SchemaValue.Effect when value is not ("Permit" or "Deny") => "is neither Permit nor Deny",
        SchemaValue.Version when !Version().IsMatch(value) => "is not made of numbers and dots",
        SchemaValue.VersionMatch when !VersionMatch().IsMatch(value) => "is not made of numbers, * and dots, with a + at most at the end",
        SchemaValue.Whole when !DataType.Integer.TryParse(value, out _) => "is not a whole number",
        _ => null,
    };

    private void Unknown(SchemaElement schema, XmlReader reader, int line)
    {
        var (name, value) = (reader.Name, reader.Value);
        if (name == FormerCategory && schema.Name == "AttributeDesignator")
        {
            reader.MoveToElement();
            var isRepeated = reader.GetAttribute("Category") == value;
            reader.MoveToAttribute(name);
            if (isRepeated)
            {
                remarks.Add((line, $"{schema.Name} has no attribute '{name}' since XACML 3.0; it says the same as Category and is ignored"));
                return;
            }
        }

        var near = NearName.Of(name, schema.Attributes.Select(one => one.Name));
        faults.Add(line, $"{schema.Name} has no attribute '{name}'{(near is null ? "" : $"; did you mean '{near}'?")}");
    }
}
