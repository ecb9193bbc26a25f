namespace Provisioning.Core.Ledger;

/// <summary>A group names a member that is no user. Nothing was changed.</summary>
/// <param name="isGroup">It is the id of a group: groups have users as members, no other groups.</param>
public sealed class UnknownMemberException(string userId, bool isGroup = false)
    : Exception(isGroup ? $"'{userId}' is a group; only users can be members of a group, so name the users of that group instead" : $"there is no user '{userId}'")
{
    public string UserId { get; } = userId;
}
