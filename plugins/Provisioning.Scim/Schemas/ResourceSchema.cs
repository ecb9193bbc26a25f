namespace Provisioning.Scim;

/// <summary>A schema: the attributes that it defines for a resource or an extension of one.</summary>
/// <param name="Id">The URN.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">For people.</param>
/// <param name="Attributes">In the order in which they are shown.</param>
public sealed record ResourceSchema(string Id, string Name, string Description, IReadOnlyList<SchemaAttribute> Attributes)
{
    /// <summary>The attribute of this name, in whatever case; null if the schema does not define it.</summary>
    public SchemaAttribute? Find(string name) => Names.Find(name);

    internal AttributeNames Names { get; } = new(Attributes);
}
