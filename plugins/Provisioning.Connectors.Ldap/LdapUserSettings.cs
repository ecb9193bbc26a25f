using System.ComponentModel;

namespace Provisioning.Connectors.Ldap;

/// <summary>The settings of accounts.</summary>
public sealed class LdapUserSettings : LdapObjectSettings
{
    [Description("How an account is disabled.")]
    public DisableSettings? Disable { get; set; }

    [Description("How passwords are set: \"extended\", \"userPassword\" or \"unicodePwd\".")]
    public PasswordStyle? Password { get; set; }

    [Description("Gives every new account a random password that nobody knows. Active Directory enables no account without one.")]
    public bool? RandomPassword { get; set; }

    [Description("Deletes what is below an account together with it.")]
    public bool DeleteSubtree { get; set; }
}
