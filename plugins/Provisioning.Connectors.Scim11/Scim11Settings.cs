using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Provisioning.Http;

namespace Provisioning.Connectors.Scim11;

/// <summary>The settings of a SCIM 1.1 target.</summary>
public sealed class Scim11Settings
{
    [Required]
    [Description("The address above /Users and /Groups, for example https://target.example/scim/v1.")]
    public string BaseUrl { get; set; } = "";

    [Description("How the host proves who it is.")]
    public AuthenticationSettings Authentication { get; set; } = new();

    [Description("Proxy and certificates.")]
    public ConnectionSettings Connection { get; set; } = new();

    [Description("How long one request may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("\"patch\" sends only what changed, \"put\" reads, merges and replaces; \"auto\" does what the target says it takes.")]
    [AllowedValues("auto", "patch", "put")]
    public string Update { get; set; } = "auto";

    [Description("Whether there are groups.")]
    public bool Groups { get; set; } = true;

    [Description("How many members one request may add or remove.")]
    [Range(1, 10_000)]
    public int MemberBatch { get; set; } = 100;

    [Description("How many objects a page of a listing has.")]
    [Range(1, 10_000)]
    public int PageSize { get; set; } = 100;

    [Description("Gives every new account a random password that nobody knows, for targets that insist on one.")]
    public bool RandomPassword { get; set; }

    [Description("True if PATCH has to travel as POST with the header X-HTTP-Method-Override.")]
    public bool OverrideMethod { get; set; }
}
