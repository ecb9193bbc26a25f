using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Pipeline;

/// <summary>A plan and the binding that asks for it (null when none does any more).</summary>
public sealed record UserPlan(AssignmentPlan Assignment, Binding? Binding);
