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

    /// <summary>An account goes that is there and was to stay: what is on its way out already is nothing new.</summary>
    public static bool IsLoss(UserPlan plan) => HasAccount(plan) && plan.Assignment.Desired != DesiredState.Present;

    public void Add(UserPlan plan)
    {
        if (HasAccount(plan))
            All++;
        if (!IsLoss(plan))
            return;
        Lost++;
        if (_losses.Count < HeldPlan.MostLosses)
            _losses.Add(new HeldLoss(
                plan.Assignment.ResourceId, plan.Assignment.ResourceName, JsonNamingPolicy.CamelCase.ConvertName(plan.Assignment.Desired.ToString()), Reason(plan)));
    }

    private static bool HasAccount(UserPlan plan) => plan.Before is { Desired: DesiredState.Present, AccountId: not null };

    private static string Reason(UserPlan plan) =>
        plan.Assignment.Decision is { } decision ? JsonNode.Parse(decision)?["reason"]?.ToString() ?? "" : "the group is not provisioned there any more";
}
