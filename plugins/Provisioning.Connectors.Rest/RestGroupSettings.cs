using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Rest;

/// <summary>The operations on groups.</summary>
public sealed class RestGroupSettings : RestObjectSettings
{
    [Description("Adds to the group $id: one account when it has $member, several when it has $members.")]
    public RestOperation? AddMembers { get; set; }

    [Description("Removes from the group $id: one account when it has $member, several when it has $members.")]
    public RestOperation? RemoveMembers { get; set; }

    [Description("Lists the members of the group $id, paged as 'list' is.")]
    public RestOperation? ListMembers { get; set; }

    [Description("Where the account id of a listed member is; the entry itself if not written.")]
    public string? MemberId { get; set; } = "id";

    [Description("How many members one request with $members may have.")]
    [Range(1, 10_000)]
    public int MemberBatch { get; set; } = 100;
}
