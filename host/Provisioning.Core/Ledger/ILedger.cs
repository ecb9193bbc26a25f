using Provisioning.Core.Users;

namespace Provisioning.Core.Ledger;

/// <summary>
/// The ledger: the queue and the truth. Every write is one durable transaction: when the task completes, the data survives a kill.
/// </summary>
public interface ILedger
{
    /// <summary>Stores the user and the plans together. Deleting a user also removes the user from all groups, at the targets too; and
    /// a service provider that ends its registration, from its own groups.</summary>
    /// <returns>The assignments that the plans name, as they are now; then those of the groups that lost a member.</returns>
    /// <exception cref="DuplicateNameException" />
    /// <exception cref="VersionConflictException" />
    Task<IReadOnlyList<Assignment>> CommitUserAsync(
        User user, WriteKind kind, IReadOnlyList<AssignmentPlan> plans, CancellationToken cancellationToken);

    /// <summary>Stores a group, its members and the plans together. Users who join or leave the group, and all members of a group that is renamed, get a
    /// new version and count as regrouped until <see cref="PlannedAsync"/>.</summary>
    /// <param name="group">The group.</param>
    /// <param name="kind">How it is stored.</param>
    /// <param name="ofOwnUsers">Only users whom the group's service provider knows may join.</param>
    /// <param name="plans">The plans.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="DuplicateNameException" />
    /// <exception cref="VersionConflictException" />
    /// <exception cref="UnknownMemberException">A member does not exist, or must not join.</exception>
    Task<IReadOnlyList<Assignment>> CommitGroupAsync(
        Group group, WriteKind kind, bool ofOwnUsers, IReadOnlyList<AssignmentPlan> plans, CancellationToken cancellationToken);

    /// <summary>
    /// Lets users join and leave a group that has no assignment, contains no group and is in none, without reading its other members. It needs no version to rest on: in whatever order such changes
    /// come, each has its effect.
    /// </summary>
    /// <param name="groupId">The group.</param>
    /// <param name="expected">The version that the change is for; null for any.</param>
    /// <param name="change">Who joins and who leaves.</param>
    /// <param name="ofOwnUsers">Only users whom the group's service provider knows may join.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The group afterwards, and who joined or left indeed; null if there is no such group, if it has assignments, or if groups are in it or it is in one:
    /// they have to change with it. Also if one who joins is a group.</returns>
    /// <exception cref="VersionConflictException">The group has another version than expected, or somebody else changed it in this very moment.</exception>
    /// <exception cref="UnknownMemberException" />
    Task<(GroupHead Group, IReadOnlyList<string> Affected)?> CommitMembersAsync(
        string groupId, long? expected, MemberChange change, bool ofOwnUsers, CancellationToken cancellationToken);

    /// <summary>These users have been planned with their groups, as they were at these versions.</summary>
    Task PlannedAsync(IReadOnlyCollection<User> users, CancellationToken cancellationToken);

    /// <summary>Stores plans alone (replanning), all or none of them, and until when what was decided holds.</summary>
    /// <param name="plans">The plans.</param>
    /// <param name="decided">The users about whom that is to be stored; those who have changed since are left out.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="VersionConflictException">A user or group changed since its plan was made: make it again.</exception>
    Task<IReadOnlyList<Assignment>> CommitPlansAsync(
        IReadOnlyList<AssignmentPlan> plans, IReadOnlyCollection<DecidedUser> decided, CancellationToken cancellationToken);

    /// <summary>Claims up to <paramref name="max"/> due assignments of an identity provider, losers of access first, then by due time.
    /// An expired lease counts as none, and sets <see cref="Assignment.Uncertain"/>: its holder may have died in a call.</summary>
    Task<IReadOnlyList<Assignment>> ClaimAsync(
        string identityProvider, int max, Lease lease, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Claims one assignment for a caller who waits, if it is pending and nobody works on it. Returns the assignment as it is now, under whoever's
    /// lease; null if there is none.</summary>
    Task<Assignment?> ClaimAsync(string id, Lease lease, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Records one attempt under its lease and releases it. False if the lease is over: then no more than what the attempt did at the
    /// target is kept.</summary>
    /// <exception cref="AccountHeldException">The account that it ended with is that of another one by now.</exception>
    Task<bool> RecordAsync(AttemptRecord record, CancellationToken cancellationToken);

    /// <summary>Gives leases back that these claimed assignments carry: no attempt was made.</summary>
    Task ReleaseAsync(IReadOnlyCollection<Assignment> claimed, CancellationToken cancellationToken);

    /// <summary>Gives a lease back, whatever carries it, if anything does: the answer to a claim was lost, and no attempt was made.</summary>
    Task ReleaseAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>The earliest moment at which something is due or a lease expires; null when nothing is pending.</summary>
    Task<DateTimeOffset?> NextDueAsync(string identityProvider, CancellationToken cancellationToken);

    Task<Assignment?> FindAssignmentAsync(string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<Assignment>> AssignmentsOfAsync(
        Provisioning.Connectors.ResourceType type, string resourceId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Assignment>> ListAssignmentsAsync(AssignmentQuery query, CancellationToken cancellationToken);

    /// <summary>Looks for assignments of users and groups who do not exist any more and yet are desired to be present, a part of the ledger at a time.</summary>
    Task<LeftBehind> ListLeftBehindAsync(string? afterId, CancellationToken cancellationToken);

    /// <summary>Account ids at a target by our user ids, of accounts that exist there.</summary>
    Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    /// <summary>Who holds these accounts at a target.</summary>
    Task<IReadOnlyList<Assignment>> HoldersAsync(
        string identityProvider, Provisioning.Connectors.ResourceType type, IReadOnlyCollection<string> accountIds, CancellationToken cancellationToken);

    /// <summary>Makes an account at a target that of a claimed assignment. If another assignment stands in the way, nothing is changed: one whose user
    /// or group exists, or a leaver that is worked on. From other leavers the account is taken over.</summary>
    /// <param name="claimed">As it was claimed.</param>
    /// <param name="accountId">The target's own.</param>
    /// <param name="isAwaited">A caller waits for the outcome of the attempt.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LeaseLostException" />
    Task<LinkOutcome> LinkAsync(Assignment claimed, string accountId, bool isAwaited, CancellationToken cancellationToken);

    /// <summary>Has the account of a leaver take other values for attributes that a living user needs. False, and nothing changed, if the user or
    /// group of the account exists.</summary>
    /// <param name="holder">As it was read.</param>
    /// <param name="values">Target attributes with the values to have instead.</param>
    Task<bool> YieldAsync(Assignment holder, IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode> values, CancellationToken cancellationToken);

    /// <summary>Takes creates whose answers were never heard and that are due for a look, for a minute: nobody else looks meanwhile.</summary>
    Task<IReadOnlyList<UnheardCreate>> TakeUnheardCreatesAsync(int max, DateTimeOffset due, CancellationToken cancellationToken);

    /// <summary>The target was looked at; the next look is later, or there is none.</summary>
    Task LookedAsync(UnheardCreate create, CancellationToken cancellationToken);

    /// <summary>An account with the marker of an assignment turned up that nobody knew: it becomes the assignment's, or is removed if that has another one.</summary>
    /// <returns>False, and nothing changed, if the account is somebody's, or if an attempt is under way.</returns>
    Task<bool> FoundLateAsync(string assignmentId, string accountId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Attempt>> AttemptsOfAsync(string assignmentId, int max, CancellationToken cancellationToken);

    /// <summary>Number of assignments by identity provider and status.</summary>
    Task<IReadOnlyList<AssignmentCount>> CountAsync(CancellationToken cancellationToken);

    /// <summary>Number of accounts at an identity provider that users have and are to keep.</summary>
    Task<long> CountAccountsAsync(string identityProvider, CancellationToken cancellationToken);

    /// <summary>Assignments at an identity provider whose withdrawal waits for approval, by id.</summary>
    Task<IReadOnlyList<Assignment>> ListHeldAsync(string identityProvider, int max, CancellationToken cancellationToken);

    /// <summary>How many withdrawals wait for approval, by identity provider.</summary>
    Task<IReadOnlyDictionary<string, long>> CountHeldAsync(CancellationToken cancellationToken);

    /// <summary>Makes parked (and pending) assignments due now with a clean slate; returns how many.</summary>
    Task<int> RetryAsync(IReadOnlyCollection<string> ids, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives parked assignments up, with an entry in the audit trail for each; returns how many.</summary>
    Task<int> DiscardAsync(IReadOnlyCollection<string> ids, string reason, string actor, DateTimeOffset now, CancellationToken cancellationToken);

    Task<bool> ParkAsync(string assignmentId, string reason, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Detaches all assignments of identity providers that are not in the list, and attaches those that came back: each is again
    /// what it was (pending, done, parked, discarded).</summary>
    Task AttachAsync(IReadOnlyCollection<string> identityProviders, DateTimeOffset now, CancellationToken cancellationToken);
}
