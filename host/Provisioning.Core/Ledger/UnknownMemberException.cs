namespace Provisioning.Core.Ledger;

/// <summary>A group names a member that is no user. Nothing was changed.</summary>
/// <param name="isGroup">It is the id of a group of the same service provider.</param>
public sealed class UnknownMemberException(string id, bool isGroup = false)
    : Exception(isGroup ? $"'{id}' is a group and no user" : $"there is no user or group '{id}'")
{
    public string Id { get; } = id;

    public bool IsGroup { get; } = isGroup;
}
