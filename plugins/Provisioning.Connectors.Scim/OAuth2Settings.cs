using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Scim;

/// <summary>The OAuth 2.0 client credentials grant.</summary>
public sealed class OAuth2Settings
{
    [Required]
    [Description("The token endpoint.")]
    public string TokenUrl { get; set; } = "";

    [Required]
    [Description("The client's id.")]
    public string ClientId { get; set; } = "";

    [Required]
    [Description("The client's secret.")]
    public Secret ClientSecret { get; set; } = new("");

    [Description("The scope to ask for.")]
    public string? Scope { get; set; }
}
