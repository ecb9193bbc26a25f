using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Core.Pipeline;

/// <summary>
/// The flow. A user arrives (1 receive: the callers authenticate the service provider), every binding is decided (2) and
/// planned (3), and user and assignments commit together (4) before any target is called. Blocking bindings then converge while
/// the caller waits; all else is left to the drain of its identity provider (5 to 7, <see cref="Converging.AssignmentWorker"/>).
/// </summary>
public sealed class ProvisioningPipeline(
    IUserStore users,
    ILedger ledger,
    IConfigurationSource configuration,
    IDecisionPoint decisions,
    Planner planner,
    WithdrawalLimits limits,
    BlockingConverger blocking,
    FirstPasswords passwords,
    IWakeUp wakeUp,
    TimeProvider time)
{
    /// <summary>The revisions of the configuration and the policies in force. When they change while a plan is stored, the replan may have passed before it.</summary>
    internal (string Configuration, string Policies) Valid => (configuration.Current.Revision, decisions.Revision);

    /// <summary>Stores a user and provisions as the bindings say.</summary>
    /// <exception cref="DuplicateNameException">The user name belongs to another user.</exception>
    /// <exception cref="VersionConflictException">The user changed since it was read.</exception>
    public async Task<SubmissionResult> SubmitAsync(User user, WriteKind kind, Occasion occasion, CancellationToken cancellationToken)
    {
        var valid = Valid;
        var result = await SubmitOnceAsync(user, kind, occasion, cancellationToken);
        return valid == Valid || kind == WriteKind.Delete ? result : await DecideAgainAsync(result, occasion, cancellationToken);
    }

    /// <summary>Provisions a stored user who did not change, as the bindings say now.</summary>
    /// <exception cref="VersionConflictException">The user changed since it was read.</exception>
    public async Task<SubmissionResult> DecideAsync(User user, Occasion occasion, CancellationToken cancellationToken)
    {
        var valid = Valid;
        var result = await DecideOnceAsync(user, occasion, cancellationToken);
        return valid == Valid ? result : await DecideAgainAsync(result, occasion, cancellationToken);
    }

    /// <summary>Decides again about one stored user, because a policy, the configuration or a group changed, or because time has passed.</summary>
    public Task<UserPlans> PlanAgainAsync(User user, Occasion occasion, CancellationToken cancellationToken) =>
        PlanAgainAsync(user, configuration.Current, occasion, cancellationToken);

    private async Task<UserPlans> PlanAgainAsync(User user, ProvisioningConfiguration current, Occasion occasion, CancellationToken cancellationToken)
    {
        var existing = await ledger.AssignmentsOfAsync(ResourceType.User, user.Id, cancellationToken);
        var groups = await users.GroupsOfAsync(user.Id, cancellationToken);
        return planner.Plan(user, groups, existing, current, occasion, "update");
    }

    /// <summary>Plans for what a user who does not exist any more left behind.</summary>
    public IReadOnlyList<UserPlan> PlanDeletion(Assignment leftBehind) => planner.PlanDeletion(leftBehind, configuration.Current);

    /// <inheritdoc cref="PlanDeletion" />
    public async Task<IReadOnlyList<UserPlan>> PlanDeletionAsync(string userId, CancellationToken cancellationToken)
    {
        var existing = await ledger.AssignmentsOfAsync(ResourceType.User, userId, cancellationToken);
        return [.. existing.Where(x => x.Desired == DesiredState.Present).SelectMany(PlanDeletion)];
    }

    /// <summary>Commits plans that nobody waits for.</summary>
    /// <exception cref="VersionConflictException">A user or group changed since its plan was made: make it again.</exception>
    public Task CommitAsync(IReadOnlyList<AssignmentPlan> plans, CancellationToken cancellationToken) => CommitAsync(plans, [], cancellationToken);

    /// <summary>Commits plans that nobody waits for, and until when they hold.</summary>
    /// <exception cref="VersionConflictException">A user or group changed since its plan was made: make it again.</exception>
    public async Task CommitAsync(IReadOnlyList<AssignmentPlan> plans, IReadOnlyCollection<DecidedUser> decided, CancellationToken cancellationToken)
    {
        if (plans.Count == 0 && decided.Count == 0)
            return;
        Wake(await ledger.CommitPlansAsync(plans, decided, cancellationToken));
    }

    private async Task<SubmissionResult> DecideAgainAsync(SubmissionResult result, Occasion occasion, CancellationToken cancellationToken)
    {
        try
        {
            return await DecideAsync(result.User, occasion, cancellationToken);
        }
        catch (VersionConflictException)
        {
            // Somebody came after us, and decided with what is valid now.
            return result;
        }
    }

    private async Task<SubmissionResult> SubmitOnceAsync(User user, WriteKind kind, Occasion occasion, CancellationToken cancellationToken)
    {
        var current = configuration.Current;
        var isNew = kind == WriteKind.Insert;
        var existing = isNew ? [] : await ledger.AssignmentsOfAsync(ResourceType.User, user.Id, cancellationToken);
        IReadOnlyList<GroupReference> groups = isNew ? [] : await users.GroupsOfAsync(user.Id, cancellationToken);

        // The user leaves the groups of a service provider that ends its registration.
        if (user.EndedBy is not null && groups.Count > 0)
            groups = [.. groups.Where(x => x.ServiceProvider != user.EndedBy)];

        var plans = kind == WriteKind.Delete
            ? planner.PlanDeletion(user, existing, current, occasion)
            : planner.Plan(user, groups, existing, current, occasion, isNew ? "create" : "update");

        var guarded = await limits.GuardAsync(plans, current, cancellationToken);
        IReadOnlyList<UserPlan> claimed = [.. guarded.Select(Claimed)];
        var committed = await ClaimingAsync(claimed, () => ledger.CommitUserAsync(plans.User, kind, [.. claimed.Select(x => x.Assignment)], cancellationToken));
        var outcomes = await SettleAsync(claimed, committed, current, occasion.Password);
        if (kind == WriteKind.Delete)
            await WithdrawLeftBehindAsync(user.Id, cancellationToken);
        return Result(plans, outcomes, current, occasion);
    }

    // Somebody may have planned for the user while the deletion was planned, or with what became valid meanwhile.
    private async Task WithdrawLeftBehindAsync(string userId, CancellationToken cancellationToken)
    {
        try
        {
            var plans = await limits.GuardAsync(await PlanDeletionAsync(userId, cancellationToken), configuration.Current, cancellationToken);
            await CommitAsync([.. plans.Where(x => !x.Assignment.ChangesNothingOf(x.Before!)).Select(x => x.Assignment)], cancellationToken);
        }
        catch (VersionConflictException)
        {
            // The user came back, and was planned then.
        }
    }

    private async Task<SubmissionResult> DecideOnceAsync(User user, Occasion occasion, CancellationToken cancellationToken)
    {
        var current = configuration.Current;
        var plans = await PlanAgainAsync(user, current, occasion, cancellationToken);
        var guarded = await limits.GuardAsync(plans, current, cancellationToken);
        IReadOnlyList<UserPlan> claimed = [.. guarded.Select(Claimed)];
        var committed = claimed.Count == 0 && plans.Decided.Count == 0
            ? []
            : await ClaimingAsync(claimed, () => ledger.CommitPlansAsync([.. claimed.Select(x => x.Assignment)], plans.Decided, cancellationToken));
        var outcomes = await SettleAsync(claimed, committed, current, occasion.Password);
        return Result(plans, outcomes, current, occasion);
    }

    // An application learns nothing of accounts that others' bindings grant.
    private static SubmissionResult Result(UserPlans plans, IReadOnlyList<AssignmentOutcome> outcomes, ProvisioningConfiguration current, Occasion occasion)
    {
        if (occasion.ServiceProvider is not { } provider)
            return new SubmissionResult(plans.User, outcomes);
        IReadOnlyList<AssignmentOutcome> known = provider.Authority == AuthorityKind.Trusted
            ? outcomes
            : [.. outcomes.Where(outcome => plans.First(plan => plan.Assignment.IdentityProvider == outcome.Assignment.IdentityProvider).IsOf(provider.Name, plans))
                .Select(outcome => outcome with { Assignment = AsKnownTo(provider.Name, outcome.Assignment, plans.User) })];
        return new SubmissionResult(plans.User, known, occasion.Trigger == Trigger.SignIn ? AccessCheck.Of(plans, outcomes, provider, current) : null);
    }

    // Who else grants the account, and under which name, is nothing that an application learns.
    private static Assignment AsKnownTo(string serviceProvider, Assignment assignment, User user) => assignment with
    {
        ServiceProvider = serviceProvider,
        ResourceName = user.RegistrationAt(serviceProvider)?.UserName is { Length: > 0 } name ? name : assignment.ResourceName,
    };

    private async Task<IReadOnlyList<AssignmentOutcome>> SettleAsync(
        IReadOnlyList<UserPlan> plans, IReadOnlyList<Assignment> committed, ProvisioningConfiguration current, Secret? password)
    {
        var waiting = new List<Task<AssignmentOutcome>>();
        var outcomes = new List<AssignmentOutcome>();
        foreach (var assignment in committed)
        {
            var plan = assignment.ResourceType == ResourceType.Group ? null : plans.First(x => x.Assignment.IdentityProvider == assignment.IdentityProvider);
            var provider = current.FindIdentityProvider(assignment.IdentityProvider);
            if (plan?.Binding?.Blocking == true && provider is not null && !AssignmentLife.IsInGrace(assignment, time.GetUtcNow()))
                waiting.Add(blocking.ConvergeAsync(assignment, plan!.Assignment.ClaimFor, provider, plan.Binding!));
            else
                outcomes.Add(new AssignmentOutcome(assignment, false));
        }

        Wake(outcomes.Select(x => x.Assignment));
        outcomes.AddRange(await Task.WhenAll(waiting));
        var users = outcomes.Where(x => x.Assignment.ResourceType == ResourceType.User);
        return password is null ? [.. users] : await Task.WhenAll(users.Select(x => WithPasswordAsync(x, password, current)));
    }

    private async Task<AssignmentOutcome> WithPasswordAsync(AssignmentOutcome outcome, Secret password, ProvisioningConfiguration current) =>
        current.FindIdentityProvider(outcome.Assignment.IdentityProvider) is { } provider
            ? outcome with { Password = await passwords.SetAsync(outcome, provider, password) }
            : outcome;

    // Claimed in the same transaction, so that no drain comes first while the caller waits.
    private UserPlan Claimed(UserPlan plan) => plan.Binding?.Blocking == true && plan.Assignment.DueAt <= time.GetUtcNow()
        ? plan with { Assignment = plan.Assignment with { ClaimFor = blocking.NewLease(plan.Binding!) } }
        : plan;

    // When the commit fails, nobody can be sure that it stored nothing: its answer may be lost.
    private async Task<T> ClaimingAsync<T>(IReadOnlyList<UserPlan> claimed, Func<Task<T>> commit)
    {
        try
        {
            return await commit();
        }
        catch (Exception exception) when (exception is not (DuplicateNameException or VersionConflictException))
        {
            foreach (var plan in claimed)
                if (plan.Assignment.ClaimFor is { } lease)
                    blocking.GiveBack(lease, plan.Assignment.IdentityProvider);
            throw;
        }
    }

    private void Wake(IEnumerable<Assignment> assignments)
    {
        foreach (var name in assignments.Where(x => x.Status == AssignmentStatus.Pending).Select(x => x.IdentityProvider).Distinct(StringComparer.Ordinal))
            wakeUp.Wake(name);
    }
}
