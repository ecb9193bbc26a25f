using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Replanning;

/// <summary>What plans would take away at one identity provider.</summary>
internal sealed class LossCount
{
    private readonly List<HeldLoss> _losses = [];

    public long Lost { get; private set; }

    public long All { get; private set; }

    public IReadOnlyList<HeldLoss> Losses => _losses;

    /// <summary>Some of them wait for approval already, because a service provider took too many accounts away at once.</summary>
    public bool AnyHeld { get; private set; }

    public void Add(UserPlan plan)
    {
        if (HasAccount(plan))
            All++;
        if (!plan.Withdraws)
            return;
        Lost++;
        AnyHeld |= plan.Before!.Held;
        if (_losses.Count < HeldPlan.MostLosses)
            _losses.Add(new HeldLoss(
                plan.Assignment.ResourceId, plan.Assignment.ResourceName, JsonNamingPolicy.CamelCase.ConvertName(plan.Assignment.Desired.ToString()), Reason(plan)));
    }

    private static bool HasAccount(UserPlan plan) => plan.Before is { Desired: DesiredState.Present, AccountId: not null };

    private static string Reason(UserPlan plan) =>
        plan.Assignment.Decision is { } decision ? JsonNode.Parse(decision)?["reason"]?.ToString() ?? "" : "the group is not provisioned there any more";
}
