using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Pipeline;

/// <summary>A plan, the binding that asks for it (null when none does any more), and the assignment as it was (null when it is new).</summary>
public sealed record UserPlan(AssignmentPlan Assignment, Binding? Binding, Assignment? Before);
