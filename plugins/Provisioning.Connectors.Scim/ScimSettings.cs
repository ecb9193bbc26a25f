using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Provisioning.Http;

namespace Provisioning.Connectors.Scim;

/// <summary>The settings of a SCIM 2.0 target.</summary>
public sealed class ScimSettings
{
    [Required]
    [Description("The address above /Users and /Groups, for example https://target.example/scim/v2.")]
    public string BaseUrl { get; set; } = "";

    [Description("How the host proves who it is.")]
    public AuthenticationSettings Authentication { get; set; } = new();

    [Description("Proxy and certificates.")]
    public ConnectionSettings Connection { get; set; } = new();

    [Description("How long one request may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("The product that the target is, or was written for: a preset of switches.")]
    public string Dialect { get; set; } = "standard";

    [Description("Switches that differ from the dialect.")]
    public DialectSwitches Switches { get; set; } = new();
}
