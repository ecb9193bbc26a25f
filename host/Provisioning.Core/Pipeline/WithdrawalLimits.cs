using System.Collections.Concurrent;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Pipeline;

/// <summary>Puts the guard of an identity provider on plans that take accounts away because of what a service provider wrote.</summary>
public sealed class WithdrawalLimits(ILedger ledger, TimeProvider time)
{
    // A percentage needs no exact count, and counting reads all accounts of an identity provider.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long Count, long At)> _accounts = new(StringComparer.Ordinal);

    /// <summary>The same plans; those that take an account away are counted when they are stored, and held if they are too many.</summary>
    public async Task<IReadOnlyList<UserPlan>> GuardAsync(
        IReadOnlyList<UserPlan> plans, ProvisioningConfiguration configuration, CancellationToken cancellationToken)
    {
        if (!plans.Any(x => x.Withdraws))
            return plans;
        var guarded = new List<UserPlan>(plans.Count);
        foreach (var plan in plans)
            guarded.Add(
                plan.Withdraws && plan.Assignment.ResourceType == ResourceType.User && configuration.FindIdentityProvider(plan.Assignment.IdentityProvider) is { } provider
                    ? await GuardAsync(plan, provider, cancellationToken)
                    : plan);
        return guarded;
    }

    private async Task<UserPlan> GuardAsync(UserPlan plan, IdentityProvider provider, CancellationToken cancellationToken)
    {
        var most = provider.Guard.Percent >= 100 ? long.MaxValue : provider.Guard.Most(await CountAsync(provider.Name, cancellationToken));
        var guard = new WithdrawalGuard(plan.Before!.ServiceProvider ?? "", time.GetUtcNow() - provider.Guard.Window, most, plan.IfHeld);
        return plan with { Assignment = plan.Assignment with { Guard = guard } };
    }

    private async Task<long> CountAsync(string identityProvider, CancellationToken cancellationToken)
    {
        if (_accounts.TryGetValue(identityProvider, out var known) && time.GetElapsedTime(known.At) < Fresh)
            return known.Count;
        var count = await ledger.CountAccountsAsync(identityProvider, cancellationToken);
        _accounts[identityProvider] = (count, time.GetTimestamp());
        return count;
    }
}
