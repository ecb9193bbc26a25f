using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Provisioning.Core.Configuration;

/// <summary>An outside system that users are provisioned to.</summary>
public sealed record IdentityProvider
{
    [Required, RegularExpression("^[a-z0-9][a-z0-9._-]{0,63}$"), Description("Unique name; lower-case letters, digits, dots, dashes.")]
    public required string Name { get; init; }

    public string? Description { get; init; }

    [Required, Description("Name of a connector that a plugin delivers.")]
    public required string Connector { get; init; }

    [Description("Where the connector runs: host (in the process of the host, the default) or process (in one of its own, so that a crash costs a restart).")]
    public ConnectorIsolation Isolation { get; init; }

    [Description("Settings of the connector; their schema is the connector's own.")]
    public JsonObject Settings { get; init; } = [];

    [Description("Only users with one of these roles or groups; empty for everybody.")]
    public IReadOnlyList<string> ProvisioningRoles { get; init; } = [];

    [Description("Target attribute (dotted for sub-attributes) to an expression, or to an object with expression, on, default, required. Absent: SCIM attributes one to one.")]
    public JsonObject? Mapping { get; init; }

    [Description("Display names of groups to provision; * for all. Default none.")]
    public IReadOnlyList<string> Groups { get; init; } = [];

    [Description("What NotApplicable means. Default deny.")]
    public NotApplicableMeaning OnNotApplicable { get; init; }

    [Description("What to do with an account that exists already. Default adopt.")]
    public ExistingAccounts Existing { get; init; }

    [Description("Search before every first create, even at targets that refuse duplicates themselves. Default false.")]
    public bool MatchBeforeCreate { get; init; }

    public DeprovisionSettings Deprovision { get; init; } = new();

    [Description("Accounts that are never adopted, disabled or deleted: user names or account ids, * for any characters. Default none.")]
    public IReadOnlyList<string> ProtectedAccounts { get; init; } = [];

    [Description("What a changed policy or configuration may take away without approval.")]
    public GuardSettings Guard { get; init; } = new();

    public LimitSettings Limits { get; init; } = new();

    public RetrySettings Retry { get; init; } = new();

    [Description("How what is there is compared with what should be. Default on demand only.")]
    public ReconciliationSettings Reconciliation { get; init; } = new();

    [Description("Times in which it is left alone. Default none.")]
    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init; } = [];

    /// <summary>Whether a user name or an account id is one of the protected accounts.</summary>
    public bool Protects(string? name) =>
        name is not null && ProtectedAccounts.Any(x => FileSystemName.MatchesSimpleExpression(x, name, ignoreCase: true));
}
