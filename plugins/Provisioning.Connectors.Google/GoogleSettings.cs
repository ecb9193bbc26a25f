using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>The settings of a Google Workspace customer.</summary>
public sealed class GoogleSettings
{
    [Required]
    [Description("The administrator on whose behalf the service account acts; needs the privileges for users and groups.")]
    public string AdminEmail { get; set; } = "";

    [Description("The JSON key of the service account, usually file:PATH. Either this or p12File.")]
    public Secret? ServiceAccountKey { get; set; }

    [Description("A PKCS#12 key file of earlier days; needs serviceAccountEmail.")]
    public string? P12File { get; set; }

    [Description("The password of the PKCS#12 file; Google's is \"notasecret\".")]
    public Secret P12Password { get; set; } = new("notasecret");

    [Description("The e-mail address of the service account, with p12File.")]
    public string? ServiceAccountEmail { get; set; }

    [Description("The customer id; \"my_customer\" is the administrator's own.")]
    public string Customer { get; set; } = "my_customer";

    [Description("The scopes granted to the service account, when fewer than the default.")]
    public IReadOnlyList<string> Scopes { get; set; } = [];

    [Description("The domain of groups that are given by display name only: \"Field Sales\" becomes field-sales@groupDomain.")]
    public string? GroupDomain { get; set; }

    [Description("Whether organisational units that a user needs are created.")]
    public bool CreateOrgUnits { get; set; }

    [Description("Whether disabling a user also ends its sessions; needs the scope admin.directory.user.security.")]
    public bool SignOutOnDisable { get; set; } = true;

    [Description("The address of the API, for a proxy that validates or records.")]
    public string BaseUrl { get; set; } = "https://admin.googleapis.com/";

    [Description("The token endpoint; the default is the key's own.")]
    public string? TokenUrl { get; set; }

    [Description("Proxy and certificates.")]
    public ConnectionSettings Connection { get; set; } = new();

    [Description("How long one request may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
