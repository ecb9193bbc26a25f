namespace Provisioning.Connectors.Ldap;

/// <summary>What a group holds of a member.</summary>
public enum MemberValue
{
    /// <summary>Its distinguished name, as in <c>member</c> and <c>uniqueMember</c>.</summary>
    Dn,

    /// <summary>Its name, as in <c>memberUid</c>.</summary>
    Name,
}
