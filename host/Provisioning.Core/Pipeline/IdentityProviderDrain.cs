using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Pipeline;

/// <summary>
/// Works off what is due at one identity provider, within its limits. Runs until nothing is due or the target must rest. At most
/// one runs for an identity provider at a time in the whole cluster; the scheduler sees to that.
/// </summary>
public sealed partial class IdentityProviderDrain(
    ILedger ledger,
    IConfigurationSource configuration,
    AssignmentWorker worker,
    TargetGate gate,
    NodeIdentity node,
    NodeHealth health,
    TimeProvider time,
    ILogger<IdentityProviderDrain> logger)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(0.25);

    /// <summary>Returns when to come back; null when nothing is pending, or when nothing may go on before somebody acts.</summary>
    public async Task<DateTimeOffset?> RunAsync(string identityProvider, CancellationToken cancellationToken)
    {
        var tally = new DrainTally();
        var claims = new DrainClaims(ledger, node, health, time);
        var slots = new Slots(() => configuration.Current.FindIdentityProvider(identityProvider) is { } provider ? gate.Allowance(provider) : 1);
        try
        {
            while (!cancellationToken.IsCancellationRequested && health.IsTrusted)
            {
                if (configuration.Current.FindIdentityProvider(identityProvider) is not { } provider)
                    return null;
                var (admission, assignment) = await NextAsync(provider, claims, slots, cancellationToken);
                if (assignment is not null)
                {
                    _ = Task.Run(() => ConvergeAsync(assignment, provider, slots, tally), CancellationToken.None);
                    continue;
                }

                if (!admission.IsOpen)
                    return await ledger.NextDueAsync(identityProvider, cancellationToken) is null ? null : admission.Until;
                if (slots.Taken == 0)
                    return await ledger.NextDueAsync(identityProvider, cancellationToken);

                // One that takes long must not keep waiting what comes in meanwhile.
                await Task.WhenAny(slots.AnyLeavesAsync(), Task.Delay(LookAgain, time, cancellationToken));
            }

            return time.GetUtcNow() + TimeSpan.FromSeconds(1);
        }
        finally
        {
            await slots.EmptyAsync();
            await ReleaseAsync(claims, identityProvider);
            if (tally.Done + tally.Failed > 0)
                LogDrained(identityProvider, tally.Done, tally.Failed);
        }
    }

    /// <summary>A slot is taken for what it returns, and for nothing else.</summary>
    private async Task<(Admission Admission, Assignment? Assignment)> NextAsync(
        IdentityProvider provider, DrainClaims claims, Slots slots, CancellationToken cancellationToken)
    {
        await slots.EnterAsync();
        Assignment? next = null;
        try
        {
            var admission = await gate.AdmitDrainAsync(provider, recheck: claims.IsEmpty, cancellationToken);
            if (admission.IsOpen)
                next = await claims.NextAsync(provider, gate.Allowance(provider), cancellationToken);
            return (admission, next);
        }
        finally
        {
            if (next is null)
                slots.Leave();
        }
    }

    private async Task ConvergeAsync(Assignment assignment, IdentityProvider provider, Slots slots, DrainTally tally)
    {
        try
        {
            tally.Count((await worker.RunAsync(assignment, provider, ahead: false)).Failure);
        }
        catch (Exception exception)
        {
            // Its lease runs out, and then it is uncertain what was done: exactly what is known.
            LogNotRecorded(assignment.ResourceName, provider.Name, exception);
        }
        finally
        {
            slots.Leave();
        }
    }

    private Task ReleaseAsync(DrainClaims claims, string identityProvider) => claims.IsEmpty
        ? Task.CompletedTask
        : Stubborn.RunAsync(
            async () =>
            {
                await claims.ReleaseAsync();
                return true;
            },
            time.GetUtcNow() + TimeSpan.FromMinutes(1), time, exception => LogNotReleased(identityProvider, exception));

    [LoggerMessage(1201, LogLevel.Error, "{Resource} at {IdentityProvider}: the outcome could not be recorded")]
    private partial void LogNotRecorded(string resource, string identityProvider, Exception exception);

    [LoggerMessage(1202, LogLevel.Warning, "{IdentityProvider}: claimed work could not be given back; trying again")]
    private partial void LogNotReleased(string identityProvider, Exception exception);

    [LoggerMessage(1203, LogLevel.Information, "{IdentityProvider}: {Done} assignments done, {Failed} failed")]
    private partial void LogDrained(string identityProvider, long done, long failed);
}
