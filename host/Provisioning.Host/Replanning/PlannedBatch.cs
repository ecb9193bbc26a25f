using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Replanning;

/// <summary>Some plans.</summary>
/// <param name="Decided">Until when what was decided about users holds, where there is something to store.</param>
/// <param name="Progress">The place to go on from when they are stored.</param>
internal sealed record PlannedBatch(IReadOnlyList<UserPlan> Plans, IReadOnlyList<DecidedUser> Decided, ReplanProgress Progress);
