namespace Provisioning.Scim;

/// <summary>One attribute of a schema (RFC 7643, section 7).</summary>
/// <param name="Name">The canonical spelling; clients may write it in any case.</param>
/// <param name="Type">What a value is; of a list, what an entry is.</param>
public sealed record SchemaAttribute(string Name, ScimType Type)
{
    private static readonly AttributeNames Empty = new([]);

    /// <summary>Empty if the name says enough.</summary>
    public string Description { get; init; } = "";

    /// <summary>Users have several of it: a JSON array.</summary>
    public bool IsList { get; init; }

    /// <summary>A resource cannot do without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Values that differ in case are different values.</summary>
    public bool IsCaseExact { get; init; }

    /// <summary>What clients write here is ignored.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>No two resources of a service provider have the same value.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The resources that a reference may lead to.</summary>
    public IReadOnlyList<string> ReferenceTypes { get; init; } = [];

    /// <summary>The parts of a complex attribute, or of each entry of a list.</summary>
    public IReadOnlyList<SchemaAttribute> Parts
    {
        get;
        init => (field, Names) = (value, new AttributeNames(value));
    }

    = [];

    internal AttributeNames Names { get; private init; } = Empty;

    /// <summary>A single value may stand for an entry: an address for an e-mail entry, an id for a manager.</summary>
    public bool HasValue => Parts.Any(static x => x.Name == "value");

    /// <summary>The part of this name, in whatever case; null if there is none.</summary>
    public SchemaAttribute? Find(string name) => Names.Find(name);
}
