using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Pipeline;

/// <summary>A plan, the binding by which a caller may wait for it (null when nobody may), and the assignment as it was (null when it is new).</summary>
public sealed record UserPlan(AssignmentPlan Assignment, Binding? Binding, Assignment? Before)
{
    /// <summary>Carrying the plan out takes an account away that was to stay.</summary>
    public bool Withdraws => Assignment.Withdraws(Before);

    /// <summary>What is desired while the withdrawal waits for approval: the account stays and gets every other change. Null if there is nobody
    /// to make changes.</summary>
    public AssignmentPlan? IfHeld { get; init; }

    /// <summary>A binding of the service provider grants the account, or granted it.</summary>
    internal bool IsOf(string serviceProvider, UserPlans plans) =>
        Assignment.ServiceProvider == serviceProvider
        || plans.Decisions.GetValueOrDefault(Assignment.IdentityProvider)?.Of(serviceProvider, Planner.GrantedBy(Before))?.Assigned == true;
}
