namespace Provisioning.Connectors;

/// <summary>Lists the members of a group. Failures are <see cref="ConnectorException"/>s.</summary>
public interface IListMembers
{
    /// <summary>
    /// Streams the account ids of the direct members. Throws, and never ends early, if the listing could not be completed;
    /// <see cref="FailureKind.Gone"/> if the group is missing.
    /// </summary>
    IAsyncEnumerable<string> ListMembersAsync(string groupId, OperationContext context, CancellationToken cancellationToken);
}
