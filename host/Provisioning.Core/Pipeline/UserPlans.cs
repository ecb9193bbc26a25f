using System.Collections.ObjectModel;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Core.Pipeline;

/// <summary>The plans for one user, and until when they hold. There may be none, and yet time changes that.</summary>
/// <param name="user">The user that they were made from.</param>
/// <param name="plans">The plans.</param>
/// <param name="holdsUntil">The first moment at which they may be others because time has passed; null if time alone does not change them.</param>
public sealed class UserPlans(User user, IList<UserPlan> plans, DateTimeOffset? holdsUntil) : ReadOnlyCollection<UserPlan>(plans)
{
    /// <summary>The user with the moment to decide again.</summary>
    public User User { get; } = user with { DecideAt = holdsUntil };

    /// <summary>The decisions behind the plans, by identity provider.</summary>
    public IReadOnlyDictionary<string, AccountDecision> Decisions { get; init; } = ReadOnlyDictionary<string, AccountDecision>.Empty;

    /// <summary>What is to be stored with the user beside the plans: nothing for somebody about whom nothing was decided by the clock, now or before.</summary>
    public IReadOnlyList<DecidedUser> Decided { get; } =
        holdsUntil is null && user.DecideAt is null ? [] : [new DecidedUser(user.Id, user.Version, holdsUntil)];
}
