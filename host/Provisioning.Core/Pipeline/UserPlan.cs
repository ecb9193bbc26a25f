using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Pipeline;

/// <summary>A plan, the binding that asks for it (null when none does any more), and the assignment as it was (null when it is new).</summary>
public sealed record UserPlan(AssignmentPlan Assignment, Binding? Binding, Assignment? Before)
{
    /// <summary>Carrying the plan out takes an account away that was to stay.</summary>
    public bool Withdraws => Assignment.Withdraws(Before);

    /// <summary>What is desired while the withdrawal waits for approval: the account stays and gets every other change. Null if there is nobody
    /// to make changes.</summary>
    public AssignmentPlan? IfHeld { get; init; }
}
