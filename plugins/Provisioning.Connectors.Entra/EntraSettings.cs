using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>The settings of a Microsoft Entra ID tenant.</summary>
public sealed class EntraSettings
{
    [Required]
    [Description("The tenant's id or one of its domains.")]
    public string TenantId { get; set; } = "";

    [Required]
    [Description("The application's id.")]
    public string ClientId { get; set; } = "";

    [Description("The application's secret. Either this or clientCertificate.")]
    public Secret? ClientSecret { get; set; }

    [Description("The application's certificate with its private key, both in PEM.")]
    public Secret? ClientCertificate { get; set; }

    [Description("\"global\", \"usGovernment\", \"usGovernmentDod\" or \"china\".")]
    [AllowedValues("global", "usGovernment", "usGovernmentDod", "china")]
    public string Cloud { get; set; } = "global";

    [Description("Where our stable id of a user is kept: extensionAttribute1 to 15, or a directory extension (extension_APPID_NAME).")]
    [RegularExpression("^(extensionAttribute([1-9]|1[0-5])|extension_[0-9a-f]{32}_[A-Za-z0-9_]+)$")]
    public string MarkerAttribute { get; set; } = "extensionAttribute15";

    [Description("Whether disabling a user also ends its sessions.")]
    public bool RevokeSessionsOnDisable { get; set; } = true;

    [Description("Whether a password that is set has to be changed at the next sign-in.")]
    public bool ForceChangePassword { get; set; }

    [Description("The address of Microsoft Graph when it is not that of the cloud.")]
    public string? GraphUrl { get; set; }

    [Description("The address of the token service when it is not that of the cloud.")]
    public string? LoginUrl { get; set; }

    [Description("Proxy and certificates.")]
    public ConnectionSettings Connection { get; set; } = new();

    [Description("How long one request may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
