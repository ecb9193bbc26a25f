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

    [Description("\"patch\" sends only what changed; \"put\" reads the object, merges and replaces it.")]
    [AllowedValues("patch", "put")]
    public string UpdateMethod { get; set; } = "patch";

    [Description("How many members one request may add or remove.")]
    [Range(1, 10_000)]
    public int MemberBatch { get; set; } = 100;
}
