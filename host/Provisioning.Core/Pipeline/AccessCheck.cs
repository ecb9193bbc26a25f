using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;
using Provisioning.Core.Users;

namespace Provisioning.Core.Pipeline;

/// <summary>Says whether a user may be let in at a service provider, from what was decided and what came of it.</summary>
internal static class AccessCheck
{
    private const string Everything = "everything that the sign-in depends on is there";

    /// <param name="plans">Those of the user, with the decisions.</param>
    /// <param name="outcomes">What came of them.</param>
    /// <param name="serviceProvider">Where the user signs in.</param>
    /// <param name="configuration">Says who is trusted.</param>
    public static AccessAnswer Of(
        UserPlans plans, IReadOnlyList<AssignmentOutcome> outcomes, ServiceProvider serviceProvider, ProvisioningConfiguration configuration)
    {
        var bindings = serviceProvider.OutboundProvisioning.Select(x => Of(x, plans, outcomes, serviceProvider)).ToList();
        if (Authority.IsInactiveEverywhere(plans.User, configuration))
            return new(false, AccessReason.InactiveAtTrusted, "the user is not active, as a trusted service provider says", bindings);
        if (plans.User.RegistrationAt(serviceProvider.Name) is { Active: false })
            return new(false, AccessReason.Inactive, $"the user is not active at '{serviceProvider.Name}'", bindings);
        return bindings.Find(x => x is { Blocking: true, Allowed: false }) is { } first
            ? new(false, first.Reason, $"'{first.IdentityProvider}': {first.Message}", bindings)
            : new(true, bindings.Exists(x => x.Blocking) ? AccessReason.Provisioned : AccessReason.NotAwaited, Everything, bindings);
    }

    private static BindingAccess Of(Binding binding, UserPlans plans, IReadOnlyList<AssignmentOutcome> outcomes, ServiceProvider serviceProvider)
    {
        var name = binding.IdentityProvider;
        var grantedBy = Planner.GrantedBy(plans.FirstOrDefault(x => x.Assignment.IdentityProvider == name)?.Before);
        var decision = plans.Decisions.GetValueOrDefault(name)?.Of(serviceProvider.Name, grantedBy);
        var (reason, message) = decision?.Assigned switch
        {
            null => (AccessReason.Undecided, decision?.Reason ?? "the binding was not decided"),
            false => (decision.IsJitOff ? AccessReason.JitOff : decision.Answer is null ? AccessReason.RoleMissing : AccessReason.Denied, decision.Reason),
            true when !binding.Blocking => (AccessReason.NotAwaited, "the sign-in does not wait for the account"),
            true => Of(outcomes.FirstOrDefault(x => x.Assignment.IdentityProvider == name)),
        };
        var allowed = reason == AccessReason.Provisioned || !binding.Blocking
            || (binding.WhenDenied == WhenDenied.Allow && reason is AccessReason.Denied or AccessReason.RoleMissing);
        return new BindingAccess(name, binding.Blocking, allowed, reason, message);
    }

    private static (AccessReason Reason, string Message) Of(AssignmentOutcome? outcome) => outcome switch
    {
        null => (AccessReason.NotThere, "there is no account"),
        { TimedOut: true } => (AccessReason.TooSlow, "the account was not made in time; the work goes on"),
        { Rest: { } rest } => (rest == TargetCondition.Paused ? outcome.IsMaintenance ? AccessReason.Maintenance : AccessReason.Paused : AccessReason.Down, outcome.Failure!.Message),
        { Failure: { } failure } => (ReasonOf(failure, outcome.Assignment), failure.Message),
        { Assignment: { Status: AssignmentStatus.Done, Desired: DesiredState.Present, Applied: AppliedState.Present } } => (AccessReason.Provisioned, "the account is there"),
        _ => (AccessReason.NotThere, "the account is not there"),
    };

    private static AccessReason ReasonOf(Failure failure, Assignment assignment) =>
        assignment.Status is AssignmentStatus.Parked or AssignmentStatus.Discarded || failure.Kind is FailureKind.Rejected or FailureKind.Conflict
            ? AccessReason.Refused
            : AccessReason.Down;
}
