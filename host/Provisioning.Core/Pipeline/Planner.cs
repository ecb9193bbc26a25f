using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Mapping;
using Provisioning.Core.Users;

namespace Provisioning.Core.Pipeline;

/// <summary>Stage 3: from decisions to what is desired of each assignment of a user.</summary>
public sealed class Planner(BindingDecider decider, IHeldWithdrawals held, TimeProvider time)
{
    private readonly MappingCache _mappings = new();

    /// <param name="existing">All assignments of the user.</param>
    /// <param name="groups">Display names of the user's groups.</param>
    public UserPlans Plan(
        User user,
        IReadOnlyList<string> groups,
        IReadOnlyList<Assignment> existing,
        ProvisioningConfiguration configuration,
        Trigger trigger,
        string operation)
    {
        var decisions = decider.Decide(user, groups, configuration, operation);
        var plans = new List<UserPlan>();
        foreach (var (name, decision) in decisions)
        {
            var provider = configuration.FindIdentityProvider(name)!;
            var before = existing.FirstOrDefault(x => x.IdentityProvider == name);
            if (trigger == Trigger.SignIn && decision.Assigned == true && !decision.Binding!.Jit && !IsWanted(before))
                continue;
            if (PlanOne(user, provider, decision, before) is { } plan)
                plans.Add(Holdable(new UserPlan(plan, decision.Binding, before), user, provider, decision, trigger));
        }

        // A binding that was removed takes its accounts with it; an identity provider that was removed does not (it detaches).
        foreach (var orphan in existing.Where(x => !decisions.ContainsKey(x.IdentityProvider) && IsWanted(x)))
            if (configuration.FindIdentityProvider(orphan.IdentityProvider) is { } provider)
            {
                var decision = new BindingDecision(false, orphan.ServiceProvider ?? "", null, "no binding leads here any more");
                if (Withdraw(user, provider, decision, orphan) is { } plan)
                    plans.Add(Holdable(new UserPlan(plan, null, orphan), user, provider, decision, trigger));
            }

        return new UserPlans(user, plans, decisions.Values.Min(x => x.HoldsUntil));
    }

    /// <summary>For a user who is being deleted.</summary>
    public UserPlans PlanDeletion(User user, IReadOnlyList<Assignment> existing, ProvisioningConfiguration configuration)
    {
        var plans = new List<UserPlan>();
        foreach (var assignment in existing)
        {
            var decision = new BindingDecision(false, assignment.ServiceProvider ?? "", null, "the user was deleted");
            if (configuration.FindIdentityProvider(assignment.IdentityProvider) is not { } provider)
            {
                // While it is away nothing can be said about what it has. What it never had must not be made when it comes back.
                if (assignment is { IsUntouched: true, Desired: DesiredState.Present })
                    plans.Add(new UserPlan(Build(user, assignment.IdentityProvider, decision, DesiredState.Absent, null, time.GetUtcNow()), null, assignment));
            }
            else if (Withdraw(user, provider, decision, assignment) is { } plan)
            {
                var binding = configuration.FindServiceProvider(decision.ServiceProvider)?.OutboundProvisioning
                    .FirstOrDefault(x => x.IdentityProvider == provider.Name);
                plans.Add(new UserPlan(plan, binding, assignment));
            }
        }

        return new UserPlans(user, plans, null);
    }

    /// <summary>For a user who was deleted when nobody planned this.</summary>
    public IReadOnlyList<UserPlan> PlanDeletion(Assignment leftBehind, ProvisioningConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(leftBehind);
        var user = new User(leftBehind.ResourceId, leftBehind.ResourceName, [], [], AssignmentPlan.NoVersion, leftBehind.Modified, leftBehind.Modified);
        return PlanDeletion(user, [leftBehind], configuration);
    }

    // A replan counts what it takes away itself; what another one holds does not go one by one either. An inactive user is no matter of rules or bindings.
    private UserPlan Holdable(UserPlan plan, User user, IdentityProvider provider, BindingDecision decision, Trigger trigger)
    {
        if (!plan.Withdraws)
            return plan;
        var kept = Kept(user, provider, plan.Before!);
        return decision.Assigned == false && trigger != Trigger.Replan && held.Holds(provider.Name, user.Id)
            ? plan with { Assignment = kept }
            : plan with { IfHeld = kept };
    }

    // The account stays as it is decided for it, with the attributes that the user has now.
    private AssignmentPlan Kept(User user, IdentityProvider provider, Assignment before)
    {
        var attributes = before.DesiredAttributes;
        try
        {
            attributes = _mappings.For(provider).Map(user.Attributes, before.DesiredAttributes);

            // An attribute that the mapping does not make may come from an obligation of the policies: nothing is lost while the withdrawal waits.
            foreach (var (name, value) in before.DesiredAttributes ?? [])
                if (!attributes.ContainsKey(name))
                    attributes[name] = value?.DeepClone();
        }
        catch (MappingException)
        {
            // What cannot be mapped changes nothing while the withdrawal waits.
        }

        return new AssignmentPlan(
            provider.Name, ResourceType.User, user.Id, user.UserName, before.ServiceProvider, before.Desired, attributes, time.GetUtcNow(), before.Decision)
        {
            ResourceVersion = user.Version,
            Assigned = before.Assigned,
            Held = true,
        };
    }

    private static bool IsWanted(Assignment? assignment) =>
        assignment is not null && assignment.Desired != DesiredState.Absent && assignment.Status != AssignmentStatus.Detached;

    private AssignmentPlan? PlanOne(User user, IdentityProvider provider, BindingDecision decision, Assignment? before)
    {
        // Undecided: a failing policy or a missing attribute changes nothing, in either direction.
        if (decision.Assigned is null)
            return null;
        if (decision.Assigned == false)
            return before is null ? null : Withdraw(user, provider, decision, before);

        var desired = user.Active ? DesiredState.Present : DesiredState.Disabled;
        if (desired == DesiredState.Disabled && before is null)
            return null;
        try
        {
            var attributes = _mappings.For(provider).Map(user.Attributes, before?.DesiredAttributes);
            ObligedAttributes.Set(attributes, decision.SetAttributes ?? []);
            return Build(user, provider.Name, decision, desired, attributes, time.GetUtcNow());
        }
        catch (MappingException) when (desired == DesiredState.Disabled)
        {
            // An inactive user loses the access, whatever can be made of the attributes.
            return Build(user, provider.Name, decision, desired, before!.DesiredAttributes, time.GetUtcNow());
        }
        catch (MappingException exception)
        {
            return Build(user, provider.Name, decision, before?.Desired ?? DesiredState.Present, before?.DesiredAttributes, time.GetUtcNow()) with
            {
                ParkReason = exception.Message,
            };
        }
    }

    private AssignmentPlan? Withdraw(User user, IdentityProvider provider, BindingDecision decision, Assignment before)
    {
        // What never reached the target needs no disabling, and is not made only to be kept: it is simply not wanted any more.
        if (before.IsUntouched)
            return Build(user, provider.Name, decision, DesiredState.Absent, before.DesiredAttributes, time.GetUtcNow());
        var action = decision.Deprovision ?? provider.Deprovision.Action;
        if (action == DeprovisionAction.Keep)
            return null;
        if (provider.Protects(user.UserName) || provider.Protects(before.AccountId))
        {
            var kept = decision with { Reason = $"{decision.Reason}; the account is protected and stays" };
            return Build(user, provider.Name, kept, before.Desired, before.DesiredAttributes, time.GetUtcNow());
        }

        var desired = action == DeprovisionAction.Delete ? DesiredState.Absent : DesiredState.Disabled;
        return Build(user, provider.Name, decision, desired, Renamed(user, provider, before), WithdrawnAt(provider, desired, before));
    }

    // The grace period is for access. It is over for a disabled account, which only follows a rename, and it does not begin anew with each change.
    private DateTimeOffset WithdrawnAt(IdentityProvider provider, DesiredState desired, Assignment before)
    {
        var now = time.GetUtcNow();
        if (desired == DesiredState.Disabled && before.Applied == AppliedState.Disabled)
            return now;
        var isWaiting = before is { Status: AssignmentStatus.Pending, LastFailure: null } && before.Desired == desired && before.DueAt > now;
        return isWaiting ? before.DueAt : now + provider.Deprovision.GracePeriod;
    }

    // An account that its user lost keeps its attributes, but follows a rename: the old name is free for somebody else.
    private JsonObject? Renamed(User user, IdentityProvider provider, Assignment before)
    {
        if (before.ResourceName == user.UserName || user.Version == AssignmentPlan.NoVersion)
            return before.DesiredAttributes;
        try
        {
            return _mappings.For(provider).Map(user.Attributes, before.DesiredAttributes);
        }
        catch (MappingException)
        {
            return before.DesiredAttributes;
        }
    }

    private static AssignmentPlan Build(
        User user, string identityProvider, BindingDecision decision, DesiredState desired, JsonObject? attributes, DateTimeOffset due) =>
        new(identityProvider, ResourceType.User, user.Id, user.UserName, decision.ServiceProvider, desired, attributes, due, Explain(decision))
        {
            ResourceVersion = user.Version,
            Assigned = decision.Assigned,
        };

    private static string Explain(BindingDecision decision)
    {
        var json = new JsonObject { ["assigned"] = decision.Assigned, ["reason"] = decision.Reason };
        if (decision.Answer is { } answer)
        {
            json["verdict"] = JsonNamingPolicy.CamelCase.ConvertName(answer.Verdict.ToString());
            json[DecisionText.Revision] = PolicyRevision.Short(answer.Revision);
            json["policies"] = new JsonArray([.. answer.Policies.Select(x => JsonValue.Create(x))]);
            json["obligations"] = new JsonArray([.. answer.Obligations.Select(x => JsonValue.Create(x.Id))]);
        }

        return json.ToJsonString();
    }
}
