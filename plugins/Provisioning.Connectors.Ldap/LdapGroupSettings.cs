using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Ldap;

/// <summary>The settings of groups.</summary>
public sealed class LdapGroupSettings : LdapObjectSettings
{
    [Description("The attribute that holds the members.")]
    public string MemberAttribute { get; set; } = "member";

    [Description("\"dn\" for distinguished names, \"name\" for names as in memberUid.")]
    public MemberValue MemberValue { get; set; }

    [Description("The member that stays when a group has no other, where the directory wants at least one.")]
    public string? PlaceholderMember { get; set; }

    [Description("How many members one request may add or remove.")]
    [Range(1, 5000)]
    public int MemberBatch { get; set; } = 500;
}
