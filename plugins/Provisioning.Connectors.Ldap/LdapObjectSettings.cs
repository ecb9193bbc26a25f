using System.ComponentModel;

namespace Provisioning.Connectors.Ldap;

/// <summary>What accounts and groups have in common.</summary>
public abstract class LdapObjectSettings
{
    [Description("The entry below which everything is found, and where new entries go.")]
    public string Base { get; set; } = "";

    [Description("The object classes of a new entry.")]
    public IReadOnlyList<string> ObjectClasses { get; set; } = [];

    [Description("Which entries count, as an LDAP filter.")]
    public string? Filter { get; set; }

    [Description("The attribute that makes up the entry's own name in the tree.")]
    public string? RdnAttribute { get; set; }

    [Description("The attribute that names the object uniquely. 'userName' of an account and 'displayName' of a group are written to it.")]
    public string? NameAttribute { get; set; }

    [Description("The attribute that holds the ownership marker.")]
    public string? MarkerAttribute { get; set; }

    [Description("A mapped attribute whose value is the parent's distinguished name. It is not stored; when it changes the entry moves.")]
    public string? ParentAttribute { get; set; }

    [Description("The attributes to read.")]
    public IReadOnlyList<string> ReadAttributes { get; set; } = [];
}
