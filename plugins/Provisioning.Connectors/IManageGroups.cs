namespace Provisioning.Connectors;

/// <summary>Creates, changes and deletes groups, and their members. Failures are <see cref="ConnectorException"/>s.</summary>
public interface IManageGroups
{
    /// <summary>Creates a group with its first members (account ids at the target).</summary>
    Task<Account> CreateGroupAsync(NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken);

    /// <summary>Changes attributes and members, relatively. Adding who is in and removing who is not is success.</summary>
    Task UpdateGroupAsync(string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken);

    /// <summary>Deletes a group; deleting what is not there is success.</summary>
    Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken);
}
