namespace Provisioning.Connectors.Ldap;

/// <summary>How the connection is protected.</summary>
public enum LdapSecurity
{
    /// <summary>TLS is started on the plain port before anything secret is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Ldaps,

    /// <summary>Clear text. Passwords cross the network unprotected.</summary>
    None,
}
