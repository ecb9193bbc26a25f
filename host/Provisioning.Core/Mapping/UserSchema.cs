using Provisioning.Scim;

namespace Provisioning.Core.Mapping;

/// <summary>What expressions can read of a user, by the standard schemas. Further extensions are possible.</summary>
internal sealed record UserSchema(UserSchema.Kind Type, IReadOnlyDictionary<string, UserSchema> Parts)
{
    internal enum Kind
    {
        Text,
        Complex,
        List,
        Other,
    }

    /// <summary>A user as mappings see one: without the attributes that only the host writes (the groups).</summary>
    public static UserSchema Of(IEnumerable<ResourceSchema> extensions) => new(
        Kind.Complex,
        new Dictionary<string, UserSchema>(
            Complex(StandardSchemas.User.Attributes.Where(x => !x.IsReadOnly)).Parts.Concat(extensions.Select(x => KeyValuePair.Create(x.Id, Complex(x.Attributes)))),
            StringComparer.Ordinal));

    /// <summary>An entry of the list.</summary>
    public UserSchema Entry => this with { Type = Kind.Complex };

    private static UserSchema Complex(IEnumerable<SchemaAttribute> attributes) =>
        new(Kind.Complex, attributes.ToDictionary(x => x.Name, Of, StringComparer.Ordinal));

    private static UserSchema Of(SchemaAttribute attribute) => attribute.Type switch
    {
        ScimType.Complex when attribute.IsList => Complex([.. attribute.Parts, .. Reference(attribute)]) with { Type = Kind.List },
        ScimType.Complex => Complex(attribute.Parts),
        _ when attribute.IsList => new(Kind.List, new Dictionary<string, UserSchema>()),
        ScimType.Flag or ScimType.WholeNumber or ScimType.Number => new(Kind.Other, new Dictionary<string, UserSchema>()),
        _ => new(Kind.Text, new Dictionary<string, UserSchema>()),
    };

    // Entries may refer to where they come from (RFC 7643, section 2.4).
    private static IEnumerable<SchemaAttribute> Reference(SchemaAttribute list) =>
        list.HasValue && list.Find("$ref") is null ? [new SchemaAttribute("$ref", ScimType.Reference)] : [];
}
