using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>The OAuth 2.0 client credentials grant.</summary>
public sealed class OAuth2Settings
{
    /// <summary>The token endpoint.</summary>
    [Required]
    [Description("The token endpoint.")]
    public string TokenUrl { get; set; } = "";

    /// <summary>The client's id.</summary>
    [Required]
    [Description("The client's id.")]
    public string ClientId { get; set; } = "";

    /// <summary>The client's secret.</summary>
    [Required]
    [Description("The client's secret.")]
    public Secret ClientSecret { get; set; } = new("");

    /// <summary>The scope to ask for.</summary>
    [Description("The scope to ask for.")]
    public string? Scope { get; set; }

    /// <summary>How the client's id and secret travel.</summary>
    [Description("\"post\" sends the client's id and secret in the form, \"basic\" as basic authentication.")]
    [AllowedValues("post", "basic")]
    public string ClientAuthentication { get; set; } = "post";
}
