using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Reconciling;

/// <summary>Works off the queued reconciliations of an identity provider. The scheduler sees to it that one at a time runs in the whole cluster.</summary>
public sealed partial class Reconciler(
    IReconciliationStore store,
    ILedger ledger,
    IConfigurationSource configuration,
    IConnectorSource connectors,
    TargetGate gate,
    IPace pace,
    NodeIdentity node,
    IWakeUp wakeUp,
    TimeProvider time,
    ILogger<Reconciler> logger)
{
    /// <summary>Queues what the schedule asks for, unless one is queued or running already.</summary>
    public async Task RequestScheduledAsync(string identityProvider, CancellationToken cancellationToken)
    {
        if (configuration.Current.FindIdentityProvider(identityProvider) is { } provider)
            await store.RequestAsync(
                Reconciliation.New(identityProvider, provider.Reconciliation.Mode, false, Reconciliation.Schedule, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Runs the next one; false if there is none.</summary>
    public async Task<bool> RunNextAsync(string identityProvider, CancellationToken cancellationToken)
    {
        var owner = node.NewOwner();
        if (await store.BeginAsync(identityProvider, owner, time.GetUtcNow(), cancellationToken) is not { } run)
            return false;
        try
        {
            var (state, problem) = await RunAsync(run, owner, cancellationToken);
            await EndAsync(run, owner, state, problem);
        }
        catch (RunLostException)
        {
            LogLost(identityProvider);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops; it, or another one, starts anew.
            await store.EndAsync(run.Id, owner, ReconciliationState.Queued, null, time.GetUtcNow(), CancellationToken.None);
        }

        return true;
    }

    private async Task<(ReconciliationState State, string? Problem)> RunAsync(Reconciliation run, string owner, CancellationToken cancellationToken)
    {
        if (configuration.Current.FindIdentityProvider(run.IdentityProvider) is not { } provider)
            return (ReconciliationState.Incomplete, "it is not in the configuration any more");
        if (await RefusalAsync(run, provider, cancellationToken) is { } refusal)
            return (ReconciliationState.Incomplete, refusal);
        try
        {
            using var hold = connectors.Acquire(provider);
            if (hold.Connector is not IListAccounts)
                return (ReconciliationState.Incomplete, $"connector '{provider.Connector}' cannot list accounts");
            var pacer = new OperationPacer(provider, pace, ahead: false, time);
            var comparing = new ReconciliationRun(run, owner, provider, hold.Connector, store, ledger, pacer, time, line => LogConnector(provider.Name, line));
            var suspicion = await comparing.CompareAsync(cancellationToken);
            if (suspicion is not null && !run.Forced)
                return (ReconciliationState.Suspicious, $"{suspicion}; nothing was done about it");
            if (run.Mode != ReconciliationMode.Report && await comparing.ActAsync(cancellationToken) > 0)
                wakeUp.Wake(provider.Name);
            return (ReconciliationState.Complete, suspicion is null ? comparing.Warning : $"{suspicion}; it was done all the same, as asked for");
        }
        catch (Exception exception) when (exception is not RunLostException && !cancellationToken.IsCancellationRequested)
        {
            return (ReconciliationState.Incomplete, await FailedAsync(provider, Failure.From(exception), run.Started!.Value));
        }
    }

    // An operator may reconcile an identity provider that an operator paused: a reconciliation only reads from the target.
    private async Task<string?> RefusalAsync(Reconciliation run, IdentityProvider provider, CancellationToken cancellationToken)
    {
        var admission = await gate.AdmitAsync(provider, recheck: true, cancellationToken);
        var byHand = run.RequestedBy != Reconciliation.Schedule && admission.Condition == TargetCondition.Paused;
        return admission.IsOpen || byHand ? null : $"it is left alone: {admission.Reason}";
    }

    private async Task<string> FailedAsync(IdentityProvider provider, Failure failure, DateTimeOffset started)
    {
        if (failure.Kind is FailureKind.Throttled or FailureKind.Unauthorized or FailureKind.Misconfigured)
            await gate.ReportAsync(provider, failure, started, 0, CancellationToken.None);
        return $"the listing did not come to its end: {failure.Message}";
    }

    private async Task EndAsync(Reconciliation run, string owner, ReconciliationState state, string? problem)
    {
        await store.EndAsync(run.Id, owner, state, problem, time.GetUtcNow(), CancellationToken.None);
        if (state == ReconciliationState.Complete && problem is null)
            LogDone(run.IdentityProvider, run.Id);
        else
            LogProblem(run.IdentityProvider, run.Id, state, problem);
    }

    [LoggerMessage(1301, LogLevel.Information, "{IdentityProvider}: reconciliation {Run} is complete")]
    private partial void LogDone(string identityProvider, string run);

    [LoggerMessage(1302, LogLevel.Warning, "{IdentityProvider}: reconciliation {Run} is {State}: {Problem}")]
    private partial void LogProblem(string identityProvider, string run, ReconciliationState state, string? problem);

    [LoggerMessage(1303, LogLevel.Information, "{IdentityProvider}: the reconciliation was cancelled or taken over")]
    private partial void LogLost(string identityProvider);

    [LoggerMessage(1304, LogLevel.Debug, "{IdentityProvider}: {Line}")]
    private partial void LogConnector(string identityProvider, string line);
}
