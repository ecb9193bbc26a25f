namespace Provisioning.Connectors.Ldap;

/// <summary>Which defaults apply where a setting is not written.</summary>
public enum DirectoryKind
{
    /// <summary>OpenLDAP with <c>inetOrgPerson</c>, <c>groupOfNames</c> and the password policy overlay.</summary>
    OpenLdap,

    /// <summary>Microsoft Active Directory.</summary>
    ActiveDirectory,
}
