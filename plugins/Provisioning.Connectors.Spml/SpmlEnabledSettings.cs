using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Spml;

/// <summary>An attribute that says whether an account is enabled.</summary>
public sealed class SpmlEnabledSettings
{
    [Required]
    [Description("The attribute.")]
    public string Attribute { get; set; } = "";

    [Description("Its value for an enabled account.")]
    public string EnabledValue { get; set; } = "true";

    [Description("Its value for a disabled account.")]
    public string DisabledValue { get; set; } = "false";

    internal string ValueFor(bool enabled) => enabled ? EnabledValue : DisabledValue;
}
