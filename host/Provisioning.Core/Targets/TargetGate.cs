using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Converging;

namespace Provisioning.Core.Targets;

/// <summary>
/// Decides for each identity provider whether it may be called, from what all hosts know of it. Closes when the target asks for rest,
/// refuses our credentials or fails too often in a row; opens by a probe, and then slowly.
/// </summary>
public sealed partial class TargetGate(ITargetStore store, IConnectorSource connectors, TimeProvider time, ILogger<TargetGate> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // A target that changes its credentials may refuse some calls for a moment.
    private const int RefusalsOfOne = 3;

    // Credentials are renewed once, and not again for each account that the target refuses among others that it takes.
    private static readonly TimeSpan RenewedLately = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, TargetMeter> _meters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (TargetState State, DateTimeOffset At)> _states = new(StringComparer.Ordinal);

    /// <summary>How many calls at a time are allowed now, of those that the settings allow.</summary>
    public int Allowance(IdentityProvider provider) => Math.Min(provider.Limits.Concurrency, Meter(provider.Name).Allowance);

    /// <param name="recheck">Ask the store even if this host looked a moment ago.</param>
    public async ValueTask<Admission> AdmitAsync(IdentityProvider provider, bool recheck, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var state = await StateAsync(provider.Name, recheck, cancellationToken);
        if (state.IsClosed(now))
            return new Admission(false, state.Condition, state.Until, state.Reason);
        if (MaintenanceWindow.EndOf(provider.Maintenance, now) is { } end)
            return new Admission(false, TargetCondition.Paused, end, $"maintenance until {end:yyyy-MM-dd HH:mm} UTC") { IsMaintenance = true };
        return Admission.Open;
    }

    /// <summary>
    /// The same for a drain. If the pause of a closed target is over, the first piece of work is the probe; where credentials were refused
    /// the connector is asked before, so that no account at the target gets locked by our trying.
    /// </summary>
    public async ValueTask<Admission> AdmitDrainAsync(IdentityProvider provider, bool recheck, CancellationToken cancellationToken)
    {
        var admission = await AdmitAsync(provider, recheck, cancellationToken);
        if (!admission.IsOpen || await ProbeAsync(provider, cancellationToken))
            return admission;
        return await AdmitAsync(provider, recheck: false, cancellationToken);
    }

    private async Task<bool> ProbeAsync(IdentityProvider provider, CancellationToken cancellationToken)
    {
        var state = await StateAsync(provider.Name, recheck: false, cancellationToken);
        if (!state.IsHalfOpen(time.GetUtcNow()))
            return true;
        Meter(provider.Name).BeginSlowly();
        if (state.Condition is not (TargetCondition.Unauthorized or TargetCondition.Misconfigured))
            return true;
        connectors.Renew(provider);
        if (await TestAsync(provider, state.Condition, cancellationToken) is not { Failure: { } failure })
            return true;
        await CloseAsync(provider, state, failure);
        return false;
    }

    /// <summary>Settings or a secret of these identity providers changed: those that wait for that are probed now, and not when their pause is over.</summary>
    public async Task ReconsiderAsync(IEnumerable<string> identityProviders, CancellationToken cancellationToken)
    {
        foreach (var name in identityProviders)
        {
            var (state, now) = (await StateAsync(name, recheck: true, cancellationToken), time.GetUtcNow());
            if (state.Condition is not (TargetCondition.Unauthorized or TargetCondition.Misconfigured or TargetCondition.Failing) || state.Until is null || state.Until <= now)
                continue;
            var next = state with { Until = now, Times = 0 };
            await store.SaveAsync(next, actor: null, cancellationToken);
            _states[name] = (next, now);
        }
    }

    /// <summary>Learns from an attempt, and says whose fault a failure is.</summary>
    /// <param name="provider">Where the attempt was made.</param>
    /// <param name="failure">Null when it succeeded.</param>
    /// <param name="started">When the attempt began.</param>
    /// <param name="attempts">How often in a row the assignment failed before.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The failure. Where the target refused permission and yet works with the host, it is the account's: tried again a few times, and then refused.</returns>
    public async Task<Failure?> ReportAsync(IdentityProvider provider, Failure? failure, DateTimeOffset started, int attempts, CancellationToken cancellationToken)
    {
        var meter = Meter(provider.Name);
        switch (failure?.Kind)
        {
            // Another account of ours is in the way, or our database is away: no fault of the target.
            case FailureKind.Transient when failure.IsWait || failure.IsOurs:
                break;
            case FailureKind.Unauthorized when meter.Renewed is null || time.GetUtcNow() - meter.Renewed > RenewedLately:
                meter.Renewed = time.GetUtcNow();
                connectors.Renew(provider);
                break;
            case FailureKind.Unauthorized when started < meter.Renewed:
                break;
            case FailureKind.Unauthorized when await TestAsync(provider, TargetCondition.Unauthorized, cancellationToken) is { Tested: true, Failure: null }:
                return new Failure(
                    attempts < RefusalsOfOne ? FailureKind.Transient : FailureKind.Rejected,
                    $"{failure.Message}; a test of the connection succeeds, so the refusal concerns this account alone");
            case FailureKind.Unauthorized or FailureKind.Throttled or FailureKind.Misconfigured:
                await CloseAsync(provider, await StateAsync(provider.Name, recheck: true, cancellationToken), failure);
                break;
            case FailureKind.Transient or FailureKind.Ambiguous:
                var isProbe = await IsProbeAsync(provider.Name, cancellationToken);
                if (meter.Fail() >= provider.Retry.BreakAfter || isProbe)
                    await CloseAsync(provider, await StateAsync(provider.Name, recheck: true, cancellationToken), failure);
                break;
            default:
                // Also a refusal shows that the target is there and listens.
                await OpenAsync(provider.Name, cancellationToken);
                meter.Succeed();
                break;
        }

        return failure;
    }

    private TargetMeter Meter(string name) => _meters.GetOrAdd(name, _ => new TargetMeter());

    private async ValueTask<TargetState> StateAsync(string name, bool recheck, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!recheck && _states.TryGetValue(name, out var known) && now - known.At < Fresh)
            return known.State;
        var state = await store.FindAsync(name, cancellationToken) ?? TargetState.Healthy(name, now);
        _states[name] = (state, now);
        return state;
    }

    private async ValueTask<bool> IsProbeAsync(string name, CancellationToken cancellationToken) =>
        (await StateAsync(name, recheck: false, cancellationToken)).IsHalfOpen(time.GetUtcNow());

    // A connector without a test says nothing.
    private async Task<(bool Tested, Failure? Failure)> TestAsync(IdentityProvider provider, TargetCondition condition, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(provider.Limits.OperationTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var hold = connectors.Acquire(provider);
            if (hold.Connector is not ITestConnection test)
                return (false, null);
            var context = new OperationContext("probe", 1, time.GetUtcNow() + provider.Limits.OperationTimeout, _ => { });
            return (true, await test.TestAsync(context, linked.Token) is { } problem ? new Failure(condition.ToFailure(), problem) : null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (true, Failure.From(exception));
        }
    }

    private async Task CloseAsync(IdentityProvider provider, TargetState state, Failure failure)
    {
        var next = TargetRecovery.Close(state, failure, provider.Retry, time.GetUtcNow(), Random.Shared.NextDouble());
        if (ReferenceEquals(next, state))
            return;
        var changed = await store.SaveAsync(next, actor: null, CancellationToken.None);
        _states[provider.Name] = (next, time.GetUtcNow());
        if (!changed)
            return;
        if (next.Condition == TargetCondition.Unauthorized)
            LogUnauthorized(provider.Name, failure.Message);
        else if (next.Condition == TargetCondition.Misconfigured)
            LogMisconfigured(provider.Name, failure.Message);
        else
            LogClosed(provider.Name, next.Condition, next.Until, failure.Message);
    }

    private async Task OpenAsync(string name, CancellationToken cancellationToken)
    {
        if (!(await StateAsync(name, recheck: false, cancellationToken)).IsHalfOpen(time.GetUtcNow()))
            return;
        var healthy = TargetState.Healthy(name, time.GetUtcNow());
        var changed = await store.SaveAsync(healthy, actor: null, CancellationToken.None);
        _states[name] = (healthy, time.GetUtcNow());
        if (changed)
            LogOpened(name);
    }

    [LoggerMessage(1101, LogLevel.Warning, "{IdentityProvider} is left alone until {Until}: {Condition}, {Reason}")]
    private partial void LogClosed(string identityProvider, TargetCondition condition, DateTimeOffset? until, string reason);

    [LoggerMessage(1102, LogLevel.Information, "{IdentityProvider} is well again; work goes on")]
    private partial void LogOpened(string identityProvider);

    [LoggerMessage(1103, LogLevel.Error, "alert: {IdentityProvider} refuses the credentials of this host ({Reason}); its work waits and goes on when a probe succeeds")]
    private partial void LogUnauthorized(string identityProvider, string reason);

    [LoggerMessage(1104, LogLevel.Error, "alert: {IdentityProvider} cannot be worked with as it is configured ({Reason}); its work waits and goes on when that is mended")]
    private partial void LogMisconfigured(string identityProvider, string reason);
}
