using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Spml;

/// <summary>The UsernameToken of WS-Security, with the password as text.</summary>
public sealed class UsernameTokenSettings
{
    [Required]
    [Description("The user name.")]
    public string UserName { get; set; } = "";

    [Required]
    [Description("The password.")]
    public Secret Password { get; set; } = new("");
}
