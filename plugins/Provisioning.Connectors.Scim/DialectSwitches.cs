using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Scim;

/// <summary>How a target departs from the standard. What is not set is left to the dialect, to discovery, and then to the standard.</summary>
public sealed record DialectSwitches
{
    [Description("How users change: patches with a path (\"path\"), without (\"pathless\"), with dotted keys (\"dotted\"), or by replacing (\"put\").")]
    [AllowedValues(null, "path", "pathless", "dotted", "put")]
    public string? Update { get; init; }

    [Description("How groups change; as users when not set.")]
    [AllowedValues(null, "path", "pathless", "dotted", "put")]
    public string? GroupUpdate { get; init; }

    [Description("Whether there are groups.")]
    public bool? Groups { get; init; }

    [Description("How members leave: by a filter in the path (\"filter\"), as values (\"value\"), or by sending all who stay (\"replace\").")]
    [AllowedValues(null, "filter", "value", "replace")]
    public string? RemoveMembers { get; init; }

    [Description("How many members one request may add or remove.")]
    [Range(1, 100_000)]
    public int? MemberBatch { get; init; }

    [Description("Where members can be read: at the group (\"group\"), by a filter on users (\"users\"), or not at all (\"none\").")]
    [AllowedValues(null, "group", "users", "none")]
    public string? MembersFrom { get; init; }

    [Description("The only attributes that groups may have.")]
    public IReadOnlyList<string>? GroupAttributes { get; init; }

    [Description("The only attributes that a filter may name.")]
    public IReadOnlyList<string>? FilterAttributes { get; init; }

    [Description("Attributes of which only the primary, or else the first, value is sent.")]
    public IReadOnlyList<string>? SingleValued { get; init; }

    [Description("Attributes of which one value of each type is sent.")]
    public IReadOnlyList<string>? UniqueTypes { get; init; }

    [Description("Attributes that are never sent.")]
    public IReadOnlyList<string>? Excluded { get; init; }

    [Description("Attributes without which the target refuses a user; dotted for sub-attributes.")]
    public IReadOnlyList<string>? Required { get; init; }

    [Description("How a value is taken away: by removing (\"remove\"), by null (\"null\"), by an empty value (\"empty\"), or not at all (\"omit\").")]
    [AllowedValues(null, "remove", "null", "empty", "omit")]
    public string? Removal { get; init; }

    [Description("Whether booleans are written as strings.")]
    public bool? StringBooleans { get; init; }

    [Description("Whether an account may be created disabled; if not, it is disabled at once after.")]
    public bool? CreateDisabled { get; init; }

    [Description("An attribute that is true for disabled accounts, in the place of \"active\".")]
    public string? DisabledAttribute { get; init; }

    [Description("\"random\" sends a random password with a new user, for targets that insist on one.")]
    [AllowedValues(null, "none", "random")]
    public string? PasswordOnCreate { get; init; }

    [Description("Whether passwords may be changed.")]
    public bool? ChangePassword { get; init; }

    [Description("Whether many changes of members go into one bulk request.")]
    public bool? Bulk { get; init; }

    [Description("Whether a replacement is conditional on the version that was read.")]
    public bool? Versions { get; init; }

    [Description("Whether the target can be searched by filter; if not, everything is listed.")]
    public bool? Filter { get; init; }

    [Description("How many objects a page of a listing has.")]
    [Range(1, 100_000)]
    public int? PageSize { get; init; }

    [Description("How a listing goes on: by \"index\", or by \"cursor\" (RFC 9865).")]
    [AllowedValues(null, "index", "cursor")]
    public string? Paging { get; init; }

    [Description("Whether the target is asked what it can do.")]
    public bool? Discovery { get; init; }

    [Description("The path of the service provider configuration.")]
    public string? ServiceProviderConfig { get; init; }

    [Description("The media type of what is sent.")]
    public string? ContentType { get; init; }

    [Description("Whether the paths of collections end with a slash.")]
    public bool? TrailingSlash { get; init; }
}
