using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Provisioning.Http;

namespace Provisioning.Connectors.Spml;

/// <summary>The settings of an SPML 2.0 target.</summary>
public sealed class SpmlSettings
{
    [Required]
    [Description("The address of the SOAP endpoint.")]
    public string Url { get; set; } = "";

    [Description("How the host proves who it is.")]
    public AuthenticationSettings Authentication { get; set; } = new();

    [Description("Proxy and certificates.")]
    public ConnectionSettings Connection { get; set; } = new();

    [Description("How long one request may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("User name and password in a WS-Security header, for targets that do not look at HTTP's own.")]
    public UsernameTokenSettings? UsernameToken { get; set; }

    [Description("The SOAPAction header: empty, or \"{request}\" for the name of the request.")]
    public string SoapAction { get; set; } = "";

    [Description("The targetID, where the provider serves several targets.")]
    public string? TargetId { get; set; }

    [Description("\"dsml\" for attributes and values, \"xsd\" for elements of the target's own schema.")]
    [AllowedValues("dsml", "xsd")]
    public string Profile { get; set; } = "dsml";

    [Description("The namespace of the target's own elements, in the xsd profile.")]
    public string? Namespace { get; set; }

    [Description("What a user is at the target.")]
    public SpmlObjectSettings User { get; set; } = new() { Class = "inetOrgPerson", Name = "uid" };

    [Description("What a group is at the target; leave it out for targets without groups.")]
    public SpmlGroupSettings? Group { get; set; }

    [Description("True if the target itself refuses a second object of the same name; saves a search for each new account.")]
    public bool NamesAreUnique { get; set; }

    [Description("The capabilities of the target, by the last part of their names (\"search\", \"suspend\" ...). Empty: the target is asked.")]
    public IReadOnlyList<string> Capabilities { get; set; } = [];

    [Description("The attribute that says whether an account is enabled, for targets without the suspend capability.")]
    public SpmlEnabledSettings? Enabled { get; set; }

    [Description("How long the target is given for a request that it runs later (status \"pending\").")]
    public TimeSpan PendingTimeout { get; set; } = TimeSpan.FromMinutes(2);

    [Description("How long to wait before the first question whether such a request is done; later waits double, up to ten seconds.")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    [Description("How many objects one answer of a search may have.")]
    [Range(1, 100_000)]
    public int PageSize { get; set; } = 200;

    [Description("How many members one request may add or remove.")]
    [Range(1, 10_000)]
    public int MemberBatch { get; set; } = 100;

    [Description("True if the target wants modifications inside of a data element.")]
    public bool ModificationsInData { get; set; }

    [Description("True if the target wants the base of a search before its filter, against the order of the schema.")]
    public bool BaseBeforeFilter { get; set; }

    [Description("What the target's own errors mean: the first pattern that the text of a customError or a SOAP fault matches decides.")]
    public IReadOnlyList<SpmlErrorRule> Errors { get; set; } = [];
}
