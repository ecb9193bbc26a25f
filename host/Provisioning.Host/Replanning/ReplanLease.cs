using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Replanning;

/// <summary>The right to plan everybody again, or those whose moment has come, for one host at a time. A host that dies loses it after a minute, and another goes on.</summary>
internal sealed class ReplanLease(INamedLeases leases, NodeIdentity node, TimeProvider time, string name = "replan")
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(10);

    private long _taken;

    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        if (!await leases.TryTakeAsync(name, node.Name, Duration, cancellationToken))
            return false;
        _taken = time.GetTimestamp();
        return true;
    }

    /// <exception cref="ReplanLostException">This host was silent for so long that another one took over.</exception>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_taken) > RenewAfter && !await TryTakeAsync(cancellationToken))
            throw new ReplanLostException();
    }

    public Task ReleaseAsync() => leases.ReleaseAsync(name, node.Name, CancellationToken.None);
}
