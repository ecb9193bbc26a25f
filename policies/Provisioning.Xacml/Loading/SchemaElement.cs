namespace Provisioning.Xacml;

/// <summary>What may stand between the tags of an element.</summary>
internal enum SchemaContent
{
    /// <summary>Elements and nothing else; white space and comments do not count.</summary>
    Elements,

    /// <summary>Text and nothing else.</summary>
    Text,

    /// <summary>Anything.</summary>
    Any,
}

/// <summary>The values that an XML attribute may have.</summary>
internal enum SchemaValue
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>xs:boolean.</summary>
    Flag,

    /// <summary>Permit or Deny.</summary>
    Effect,

    /// <summary>Numbers and dots.</summary>
    Version,

    /// <summary>A pattern for versions.</summary>
    VersionMatch,

    /// <summary>xs:integer.</summary>
    Whole,
}

/// <summary>An XML attribute of an element.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRequired">Whether the element must have it.</param>
/// <param name="Value">What it may say.</param>
internal sealed record SchemaAttribute(string Name, bool IsRequired, SchemaValue Value);

/// <summary>A place in the sequence of children: one or several of the elements named.</summary>
/// <param name="Names">The elements that may stand here, in any order.</param>
/// <param name="Least">How many there must be.</param>
/// <param name="Most">How many there may be.</param>
/// <param name="Label">How messages call them.</param>
internal sealed record SchemaGroup(string[] Names, int Least, int Most, string Label);

/// <summary>What the schema says of an element.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Its XML attributes.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Groups">Its children, in their order.</param>
internal sealed record SchemaElement(string Name, SchemaAttribute[] Attributes, SchemaContent Content, SchemaGroup[] Groups)
{
    /// <summary>Whether it may have XML attributes of any name, as values may.</summary>
    public bool HasAnyAttribute => Name == "AttributeValue";

    /// <summary>All elements that it may hold.</summary>
    public IEnumerable<string> Children => Groups.SelectMany(group => group.Names);
}
