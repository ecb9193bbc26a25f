using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>The settings of a Salesforce organisation.</summary>
public sealed class SalesforceSettings
{
    [Required]
    [Description("My Domain of the organisation, for example https://corp.my.salesforce.com.")]
    public string LoginUrl { get; set; } = "";

    [Description("\"jwt\", \"clientCredentials\", or \"legacyPassword\" for organisations that still allow it.")]
    [AllowedValues("jwt", "clientCredentials", "legacyPassword")]
    public string Grant { get; set; } = "jwt";

    [Required]
    [Description("The consumer key of the external client app.")]
    public string ClientId { get; set; } = "";

    [Description("The consumer secret; not needed by \"jwt\".")]
    public Secret? ClientSecret { get; set; }

    [Description("The integration user, for \"jwt\" and \"legacyPassword\".")]
    public string? UserName { get; set; }

    [Description("The private key in PEM that belongs to the certificate of the app, for \"jwt\".")]
    public Secret? PrivateKey { get; set; }

    [Description("Whom the assertion is for; https://test.salesforce.com for a sandbox.")]
    public string Audience { get; set; } = "https://login.salesforce.com";

    [Description("The password and, behind it, the security token of the integration user, for \"legacyPassword\".")]
    public Secret? Password { get; set; }

    [Description("The address of the API when it is not the one that the token names.")]
    public string? InstanceUrl { get; set; }

    [Description("The version of the API.")]
    [RegularExpression("^v[0-9]{2}\\.0$")]
    public string ApiVersion { get; set; } = "v60.0";

    [Description("The text field of users that keeps our stable id: at least 36 characters, best a unique external id of its own.")]
    [RegularExpression("^[A-Za-z][A-Za-z0-9_]*$")]
    public string MarkerField { get; set; } = "FederationIdentifier";

    [Description("Whether markerField is a unique external id, so that users are created by upsert and a repetition harms nobody.")]
    public bool Upsert { get; set; }

    [Description("How many users at most one request creates together when several are wanted at once; 1 sends each alone.")]
    [Range(1, 200)]
    public int LoadBatch { get; set; } = 1;

    [Description("Which users a listing has, as a SOQL condition.")]
    public string ListFilter { get; set; } = "UserType = 'Standard'";

    [Description("The share of the daily API calls, in percent, after which listings wait and leave the rest to people.")]
    [Range(1, 100)]
    public int ListingLimitPercent { get; set; } = 80;

    [Description("Proxy and certificates.")]
    public ConnectionSettings Connection { get; set; } = new();

    [Description("How long one request may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
