using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Replanning;

/// <summary>Some plans.</summary>
/// <param name="Progress">The place to go on from when they are stored.</param>
internal sealed record PlannedBatch(IReadOnlyList<UserPlan> Plans, ReplanProgress Progress);
