namespace Provisioning.Connectors.Ldap;

/// <summary>How a password is set.</summary>
public enum PasswordStyle
{
    /// <summary>By the Password Modify operation of RFC 3062: the directory hashes it and applies its policy.</summary>
    Extended,

    /// <summary>By writing <c>userPassword</c>.</summary>
    UserPassword,

    /// <summary>By writing <c>unicodePwd</c>, as Active Directory wants it, over TLS only.</summary>
    UnicodePwd,
}
