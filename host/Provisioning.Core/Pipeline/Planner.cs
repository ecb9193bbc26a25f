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

    /// <param name="groups">The user's groups.</param>
    /// <param name="existing">All assignments of the user.</param>
    public UserPlans Plan(
        User user,
        IReadOnlyList<GroupReference> groups,
        IReadOnlyList<Assignment> existing,
        ProvisioningConfiguration configuration,
        Occasion occasion,
        string operation)
    {
        var decisions = decider.Decide(user, groups, configuration, operation);
        var plans = new List<UserPlan>();
        foreach (var (name, decision) in decisions)
        {
            var provider = configuration.FindIdentityProvider(name)!;
            var before = existing.FirstOrDefault(x => x.IdentityProvider == name);
            var grantedBy = GrantedBy(before);
            var strongest = decision.Strongest(grantedBy);
            var person = new Planned(user, Authority.Account(user, decision.Granting(grantedBy), configuration));
            if (PlanOne(person, provider, strongest, before) is { } plan)
                plans.Add(Holdable(new UserPlan(plan, Awaited(occasion, decision, plan, grantedBy), before), person, provider, strongest, occasion.Trigger));
        }

        // A binding that was removed takes its accounts with it; an identity provider that was removed does not (it detaches).
        foreach (var orphan in existing.Where(x => !decisions.ContainsKey(x.IdentityProvider) && IsWanted(x)))
            if (configuration.FindIdentityProvider(orphan.IdentityProvider) is { } provider)
            {
                var person = PlannedFor(orphan, user, configuration);
                var owner = orphan.ServiceProvider ?? "";
                var reason = person.View is null ? $"'{owner}' ended its registration of the user" : "no binding leads here any more";
                var decision = new BindingDecision(false, owner, null, reason);
                if (Withdraw(person, provider, decision, orphan) is { } plan)
                    plans.Add(Holdable(new UserPlan(plan, occasion.BindingTo(provider.Name), orphan), person, provider, decision, occasion.Trigger));
            }

        return new UserPlans(user, plans, decisions.Values.Min(x => x.HoldsUntil)) { Decisions = decisions };
    }

    // Nobody waits for an account that only the bindings of others grant.
    private static Binding? Awaited(Occasion occasion, AccountDecision decision, AssignmentPlan plan, string? grantedBy) =>
        occasion.ServiceProvider is { } asking && (plan.ServiceProvider == asking.Name || decision.Of(asking.Name, grantedBy)?.Assigned == true)
            ? occasion.BindingTo(plan.IdentityProvider)
            : null;

    /// <summary>For a user who is being deleted.</summary>
    public UserPlans PlanDeletion(User user, IReadOnlyList<Assignment> existing, ProvisioningConfiguration configuration, Occasion occasion)
    {
        var plans = new List<UserPlan>();
        foreach (var assignment in existing)
        {
            var person = PlannedFor(assignment, user, configuration);
            var decision = new BindingDecision(false, assignment.ServiceProvider ?? "", null, "the user was deleted");
            if (configuration.FindIdentityProvider(assignment.IdentityProvider) is not { } provider)
            {
                // While it is away nothing can be said about what it has. What it never had must not be made when it comes back.
                if (assignment is { IsUntouched: true, Desired: DesiredState.Present })
                    plans.Add(new UserPlan(Build(person, assignment.IdentityProvider, assignment, decision, DesiredState.Absent, null, time.GetUtcNow()), null, assignment));
            }
            else if (Withdraw(person, provider, decision, assignment) is { } plan)
            {
                plans.Add(new UserPlan(plan, occasion.BindingTo(provider.Name), assignment));
            }
        }

        return new UserPlans(user, plans, null);
    }

    /// <summary>For a user who was deleted when nobody planned this.</summary>
    public IReadOnlyList<UserPlan> PlanDeletion(Assignment leftBehind, ProvisioningConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(leftBehind);
        var user = new User(leftBehind.ResourceId, leftBehind.ResourceName, [], AssignmentPlan.NoVersion, leftBehind.Modified, leftBehind.Modified);
        return PlanDeletion(user, [leftBehind], configuration, new Occasion(Trigger.Replan));
    }

    /// <summary>The service provider whose binding grants the account; null if none does. An account that is being taken away is granted by nobody.</summary>
    internal static string? GrantedBy(Assignment? assignment) =>
        IsWanted(assignment) && (assignment!.Desired == DesiredState.Present || assignment.Assigned == true) ? assignment.ServiceProvider : null;

    // As the service provider that granted the account sees the user. If it does not know the user any more, the account stays under its name.
    private static Planned PlannedFor(Assignment assignment, User user, ProvisioningConfiguration configuration) =>
        assignment.ServiceProvider is { } owner && user.RegistrationAt(owner) is not null
            ? new Planned(user, Authority.Account(user, [owner], configuration))
            : new Planned(user, null);

    // A replan counts what it takes away itself; what another one holds does not go one by one either. An inactive user is no matter of rules or bindings.
    private UserPlan Holdable(UserPlan plan, Planned person, IdentityProvider provider, BindingDecision decision, Trigger trigger)
    {
        if (!plan.Withdraws)
            return plan;
        var kept = Kept(person, provider, plan.Before!);
        return decision.Assigned == false && trigger != Trigger.Replan && held.Holds(provider.Name, person.User.Id)
            ? plan with { Assignment = kept }
            : plan with { IfHeld = kept };
    }

    // The account stays as it is decided for it, with the attributes that the user has now.
    private AssignmentPlan Kept(Planned person, IdentityProvider provider, Assignment before)
    {
        var attributes = before.DesiredAttributes;
        try
        {
            if (person.View is { } view)
                attributes = _mappings.For(provider).Map(view.Attributes, before.DesiredAttributes);
            attributes ??= [];

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
            provider.Name, ResourceType.User, person.User.Id, person.NameBeside(before), before.ServiceProvider, before.Desired, attributes, time.GetUtcNow(), before.Decision)
        {
            ResourceVersion = person.User.Version,
            Assigned = before.Assigned,
            Held = true,
        };
    }

    private static bool IsWanted(Assignment? assignment) =>
        assignment is not null && assignment.Desired != DesiredState.Absent && assignment.Status != AssignmentStatus.Detached;

    private AssignmentPlan? PlanOne(Planned person, IdentityProvider provider, BindingDecision decision, Assignment? before)
    {
        // Undecided: a failing policy or a missing attribute changes nothing, in either direction. Whoever is not active has no access however it is decided.
        if (decision.Assigned is null && (decision.Active || !IsWanted(before)))
            return null;
        if (decision.Assigned == false)
            return before is null ? null : Withdraw(person, provider, decision, before);

        var desired = decision.Active ? DesiredState.Present : DesiredState.Disabled;
        if (desired == DesiredState.Disabled && before is null)
            return null;
        try
        {
            var attributes = _mappings.For(provider).Map(person.View!.Attributes, before?.DesiredAttributes);
            ObligedAttributes.Set(attributes, decision.SetAttributes ?? []);
            return Build(person, provider.Name, before, decision, desired, attributes, time.GetUtcNow());
        }
        catch (MappingException) when (desired == DesiredState.Disabled)
        {
            // An inactive user loses the access, whatever can be made of the attributes.
            return Build(person, provider.Name, before, decision, desired, before!.DesiredAttributes, time.GetUtcNow());
        }
        catch (MappingException exception)
        {
            return Build(person, provider.Name, before, decision, before?.Desired ?? DesiredState.Present, before?.DesiredAttributes, time.GetUtcNow()) with
            {
                ParkReason = exception.Message,
            };
        }
    }

    private AssignmentPlan? Withdraw(Planned person, IdentityProvider provider, BindingDecision decision, Assignment before)
    {
        // What never reached the target needs no disabling, and is not made only to be kept: it is simply not wanted any more.
        if (before.IsUntouched)
            return Build(person, provider.Name, before, decision, DesiredState.Absent, before.DesiredAttributes, time.GetUtcNow());
        var action = decision.Deprovision ?? provider.Deprovision.Action;
        if (action == DeprovisionAction.Keep)
            return null;
        if (provider.Protects(person.NameBeside(before)) || provider.Protects(before.AccountId))
        {
            var kept = decision with { Reason = $"{decision.Reason}; the account is protected and stays" };
            return Build(person, provider.Name, before, kept, before.Desired, before.DesiredAttributes, time.GetUtcNow());
        }

        var desired = action == DeprovisionAction.Delete ? DesiredState.Absent : DesiredState.Disabled;
        return Build(person, provider.Name, before, decision, desired, Renamed(person, provider, before), WithdrawnAt(provider, desired, before));
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
    private JsonObject? Renamed(Planned person, IdentityProvider provider, Assignment before)
    {
        if (person.View is not { } view || before.ResourceName == view.UserName)
            return before.DesiredAttributes;
        try
        {
            return _mappings.For(provider).Map(view.Attributes, before.DesiredAttributes);
        }
        catch (MappingException)
        {
            return before.DesiredAttributes;
        }
    }

    private static AssignmentPlan Build(
        Planned person, string identityProvider, Assignment? before, BindingDecision decision, DesiredState desired, JsonObject? attributes, DateTimeOffset due) =>
        new(identityProvider, ResourceType.User, person.User.Id, person.NameBeside(before), decision.ServiceProvider, desired, attributes, due, Explain(decision))
        {
            ResourceVersion = person.User.Version,
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

    /// <param name="User">The stored user.</param>
    /// <param name="View">The user as the account shows the user; null if nobody says any more how that is.</param>
    private sealed record Planned(User User, UserView? View)
    {
        public string NameBeside(Assignment? before) => View?.UserName ?? before?.ResourceName ?? User.UserName;
    }
}
