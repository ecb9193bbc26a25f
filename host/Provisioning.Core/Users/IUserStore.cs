namespace Provisioning.Core.Users;

/// <summary>Reads of users and groups. Writes go through the ledger, because a user and the assignments commit together.</summary>
public interface IUserStore
{
    Task<User?> FindUserAsync(string id, CancellationToken cancellationToken);

    /// <summary>By the name of the person, without regard to case. Of several, the one whom service providers match by it.</summary>
    Task<User?> FindUserByNameAsync(string userName, CancellationToken cancellationToken);

    /// <summary>The person whom service providers match by this user name, without regard to case.</summary>
    Task<User?> FindMatchedAsync(string userName, CancellationToken cancellationToken);

    /// <summary>By the user name that a service provider gave, without regard to case.</summary>
    Task<User?> FindRegisteredAsync(string serviceProvider, string userName, CancellationToken cancellationToken);

    /// <summary>By the <c>externalId</c> that a service provider gave, or any (null), exact; in order of id, after <paramref name="afterId"/>. A batch ends early as with <see cref="ListUsersAsync"/>.</summary>
    Task<IReadOnlyList<User>> ListByExternalIdAsync(string? serviceProvider, string externalId, string? afterId, int count, CancellationToken cancellationToken);

    /// <summary>By an e-mail address that a service provider gave, or any (null), without regard to case.</summary>
    Task<IReadOnlyList<User>> ListByEmailAsync(string? serviceProvider, string email, CancellationToken cancellationToken);

    /// <summary>
    /// By the display name that a service provider gave, or any (null), without regard to case; in order of id, after <paramref name="afterId"/>. Of long names the beginning counts: who is returned
    /// may have another one. A batch ends early as with <see cref="ListUsersAsync"/>.
    /// </summary>
    Task<IReadOnlyList<User>> ListByDisplayNameAsync(string? serviceProvider, string displayName, string? afterId, int count, CancellationToken cancellationToken);

    /// <summary>The same by an e-mail address.</summary>
    Task<IReadOnlyList<User>> ListByEmailAsync(string? serviceProvider, string email, string? afterId, int count, CancellationToken cancellationToken);

    /// <summary>Users of a service provider who changed at a moment or later, the last ones first, after a place. A batch ends early as with <see cref="ListUsersAsync"/>.</summary>
    Task<IReadOnlyList<User>> ListModifiedAsync(string serviceProvider, DateTimeOffset since, ModifiedPlace after, int count, CancellationToken cancellationToken);

    /// <summary>By a value that a service provider gave, or any (null).</summary>
    Task<IReadOnlyList<User>> ListByValueAsync(string? serviceProvider, RegistrationValue value, CancellationToken cancellationToken);

    /// <summary>
    /// In order of id, after <paramref name="afterId"/> (null for the start); for streaming over everybody. A batch ends early, but with one user at
    /// least, where it would take much memory; only an empty one is the end.
    /// </summary>
    Task<IReadOnlyList<User>> ListUsersAsync(string? afterId, int count, CancellationToken cancellationToken);

    /// <summary>The same for the users of one service provider, in order of their names there, after <paramref name="afterName"/> (null for the start).</summary>
    Task<IReadOnlyList<User>> ListRegisteredAsync(string serviceProvider, string? afterName, int count, CancellationToken cancellationToken);

    /// <summary>The same for those whose memberships changed and about whom nobody decided since.</summary>
    Task<IReadOnlyList<User>> ListRegroupedAsync(string? afterId, int count, CancellationToken cancellationToken);

    /// <summary>Users to decide again about at a moment because time has passed: those due first come first, after <paramref name="after"/> (null for
    /// the start).</summary>
    Task<IReadOnlyList<User>> ListDueAsync(DateTimeOffset at, User? after, int count, CancellationToken cancellationToken);

    /// <summary>One page of everybody, in order of id, or of one service provider's users, in order of their names there. It ends early where it would take much memory.</summary>
    Task<Page<User>> PageUsersAsync(string? serviceProvider, long skip, int count, CancellationToken cancellationToken);

    Task<long> CountUsersAsync(CancellationToken cancellationToken);

    Task<Group?> FindGroupAsync(string id, CancellationToken cancellationToken);

    /// <summary>A group without its members.</summary>
    Task<GroupHead?> FindGroupHeadAsync(string id, CancellationToken cancellationToken);

    /// <summary>By display name, without regard to case, of one service provider or of all (null).</summary>
    Task<IReadOnlyList<Group>> ListGroupsByNameAsync(string? serviceProvider, string displayName, CancellationToken cancellationToken);

    /// <inheritdoc cref="ListGroupsByNameAsync" />
    Task<IReadOnlyList<GroupHead>> ListGroupHeadsByNameAsync(string? serviceProvider, string displayName, CancellationToken cancellationToken);

    /// <summary>In order of id, of one service provider or of all (null); a batch ends early as with users.</summary>
    Task<IReadOnlyList<Group>> ListGroupsAsync(string? serviceProvider, string? afterId, int count, CancellationToken cancellationToken);

    /// <summary>One page in order of id, of all groups or of one service provider's. It ends early where it would take much memory.</summary>
    Task<Page<Group>> PageGroupsAsync(string? serviceProvider, long skip, int count, CancellationToken cancellationToken);

    /// <inheritdoc cref="ListGroupsAsync" />
    Task<IReadOnlyList<GroupHead>> ListGroupHeadsAsync(string? serviceProvider, string? afterId, int count, CancellationToken cancellationToken);

    /// <inheritdoc cref="PageGroupsAsync" />
    Task<Page<GroupHead>> PageGroupHeadsAsync(string? serviceProvider, long skip, int count, CancellationToken cancellationToken);

    Task<long> CountGroupsAsync(CancellationToken cancellationToken);

    /// <summary>The groups that a user is a member of, directly or through groups in them.</summary>
    Task<IReadOnlyList<GroupReference>> GroupsOfAsync(string userId, CancellationToken cancellationToken);

    /// <summary>The same for many users at once.</summary>
    Task<ILookup<string, GroupReference>> GroupsOfAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    /// <summary>The ids of the groups that name a user or a group among their direct members, in their order.</summary>
    Task<IReadOnlyList<string>> GroupsWithAsync(string memberId, CancellationToken cancellationToken);

    /// <summary>Those of some ids that are groups of a service provider.</summary>
    Task<IReadOnlyList<string>> GroupsAmongAsync(string serviceProvider, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>User names by user id; unknown ids are left out.</summary>
    Task<IReadOnlyDictionary<string, string>> UserNamesAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);
}
