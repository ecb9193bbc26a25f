using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Pipeline;

/// <summary>
/// Works off what is due at one identity provider, within its limits. Runs until nothing is due or the target must rest. At most
/// one runs for an identity provider at a time; the scheduler sees to that.
/// </summary>
public sealed partial class IdentityProviderDrain(
    ILedger ledger,
    IConfigurationSource configuration,
    AssignmentWorker worker,
    TargetPauses pauses,
    NodeIdentity node,
    TimeProvider time,
    ILogger<IdentityProviderDrain> logger)
{
    private const int BatchSize = 128;

    // The pace belongs to the target, not to a batch: many small batches must not be faster than a large one.
    private readonly ConditionalWeakTable<IdentityProvider, Pacer> _pacers = [];

    /// <summary>Returns when to come back; null when nothing is pending.</summary>
    public async Task<DateTimeOffset?> RunAsync(string identityProvider, CancellationToken cancellationToken)
    {
        var tally = new DrainTally();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (configuration.Current.FindIdentityProvider(identityProvider) is not { } provider)
                    return null;
                if (pauses.Current(identityProvider) is { } pause)
                    return await NothingPendingAsync(identityProvider) ? null : pause.Until;
                if (await RunBatchAsync(provider, tally, cancellationToken) == 0)
                    return await ledger.NextDueAsync(identityProvider, CancellationToken.None);
            }

            return time.GetUtcNow();
        }
        finally
        {
            if (tally.Done + tally.Failed > 0)
                LogDrained(identityProvider, tally.Done, tally.Failed);
        }
    }

    private async Task<int> RunBatchAsync(IdentityProvider provider, DrainTally tally, CancellationToken cancellationToken)
    {
        var owner = $"{node.Name}/{Guid.CreateVersion7():n}";
        var lease = new Lease(owner, time.GetUtcNow() + LeaseTime(provider));
        var batch = await ledger.ClaimAsync(provider.Name, BatchSize, lease, time.GetUtcNow(), cancellationToken);
        if (batch.Count == 0)
            return 0;
        var pacer = _pacers.GetValue(provider, x => new Pacer(x.Limits.RequestsPerSecond, time));
        var skipped = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = provider.Limits.Concurrency };
        await Parallel.ForEachAsync(batch, options, async (assignment, _) =>
        {
            // The rest of the batch is given back: its outcome at a resting target is known beforehand.
            if (cancellationToken.IsCancellationRequested || pauses.Current(provider.Name) is not null)
            {
                Interlocked.Increment(ref skipped);
                return;
            }

            await pacer.WaitAsync(cancellationToken);
            tally.Count(await worker.RunAsync(assignment, provider, CancellationToken.None));
        });
        if (skipped > 0)
            await ledger.ReleaseAsync(owner, CancellationToken.None);
        return batch.Count;
    }

    // A lease that runs out while its batch is still being worked on would let a second worker in.
    private static TimeSpan LeaseTime(IdentityProvider provider)
    {
        var rounds = Math.Ceiling((double)BatchSize / provider.Limits.Concurrency);
        var pace = provider.Limits.RequestsPerSecond is { } rate ? BatchSize / rate : 0;
        return (provider.Limits.OperationTimeout * rounds) + TimeSpan.FromSeconds(30 + pace);
    }

    private async Task<bool> NothingPendingAsync(string identityProvider) =>
        await ledger.NextDueAsync(identityProvider, CancellationToken.None) is null;

    [LoggerMessage(1101, LogLevel.Information, "{IdentityProvider}: {Done} assignments done, {Failed} failed")]
    private partial void LogDrained(string identityProvider, long done, long failed);
}
