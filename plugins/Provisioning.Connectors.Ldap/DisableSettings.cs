using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Ldap;

/// <summary>How the directory says that an account is disabled: by a bit of a number, or by a value.</summary>
public sealed class DisableSettings
{
    [Required]
    [Description("The attribute, for example userAccountControl, pwdAccountLockedTime, nsAccountLock, loginDisabled.")]
    public string Attribute { get; set; } = "";

    [Description("The bit that means disabled, 2 for userAccountControl. Without it 'disabledValue' counts.")]
    public int? Bit { get; set; }

    [Description("The number that a new account starts with, when 'bit' is written.")]
    public int InitialValue { get; set; } = 512;

    [Description("The value that means disabled.")]
    public string DisabledValue { get; set; } = "TRUE";

    [Description("The value that means enabled; when it is not written the attribute is removed.")]
    public string? EnabledValue { get; set; }
}
