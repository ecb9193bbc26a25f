using System.Collections.Frozen;

namespace Provisioning.Scim;

/// <summary>Attributes by name, in whatever case. Every attribute of every request is looked up, so it is no search.</summary>
internal sealed class AttributeNames(IReadOnlyList<SchemaAttribute> attributes)
{
    private readonly FrozenDictionary<string, SchemaAttribute> _byName = attributes.ToFrozenDictionary(x => x.Name, StringComparer.OrdinalIgnoreCase);

    public SchemaAttribute? Find(string name) => _byName.GetValueOrDefault(name);
}
