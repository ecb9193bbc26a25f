using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>Stages 5 to 7: converge one claimed assignment, record the outcome, decide on the retry.</summary>
public sealed partial class AssignmentWorker(
    ILedger ledger, IConnectorSource connectors, TargetPauses pauses, TimeProvider time, ILogger<AssignmentWorker> logger)
{
    private readonly Converger _converger = new(new LedgerAccounts(ledger));

    /// <summary>Runs one attempt under the lease that the assignment carries and returns the failure, or null when done.</summary>
    /// <param name="cancellationToken">Stops the attempt itself, not the recording of it.</param>
    public async Task<Failure?> RunAsync(Assignment assignment, IdentityProvider provider, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var result = await AttemptAsync(assignment, provider, started, cancellationToken);
        var now = time.GetUtcNow();
        var record = Record(assignment, provider, result, started, now);
        if (!await ledger.RecordAsync(record, CancellationToken.None))
            LogLeaseLost(assignment.ResourceName, assignment.IdentityProvider);
        if (result.Failure is { } failure)
            LogFailed(assignment.ResourceName, assignment.IdentityProvider, failure.Kind, failure.Message, record.Status);
        return result.Failure;
    }

    private async Task<ConvergeResult> AttemptAsync(
        Assignment assignment, IdentityProvider provider, DateTimeOffset started, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(provider.Limits.OperationTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var hold = connectors.Acquire(provider);
            var context = new OperationContext(
                assignment.Id, assignment.Attempts + 1, started + provider.Limits.OperationTimeout, line => LogConnector(provider.Name, line));
            return await _converger.ConvergeAsync(assignment, provider, hold.Connector, context, linked.Token);
        }
        catch (ConnectorException exception)
        {
            return new ConvergeResult(
                assignment.Applied, assignment.AppliedAttributes, assignment.AccountId, assignment.Uncertain, "", Failure.From(exception));
        }
    }

    private AttemptRecord Record(
        Assignment assignment, IdentityProvider provider, ConvergeResult result, DateTimeOffset started, DateTimeOffset now)
    {
        var attempt = new Attempt(
            assignment.Id, started, now - started, result.Operations, result.Failure?.Kind, result.Failure?.Message);
        var (status, attempts, due, firstFailed) = (AssignmentStatus.Done, 0, now, (DateTimeOffset?)null);
        if (result.Failure is { } failure)
        {
            attempts = assignment.Attempts + 1;
            firstFailed = assignment.FirstFailedAt ?? started;
            var decision = RecoveryPolicy.Decide(
                failure, attempts, now - firstFailed.Value, provider.Retry, now, Random.Shared.NextDouble());
            status = decision.RetryAt is null ? AssignmentStatus.Parked : AssignmentStatus.Pending;
            due = decision.RetryAt ?? now;
            if (decision.PauseUntil is { } until)
                pauses.Pause(provider.Name, until, failure.Message);
        }

        return new AttemptRecord(
            attempt, assignment.LeaseOwner!, assignment.DesiredRevision, result.Applied, result.AppliedAttributes, result.AccountId,
            result.Uncertain, status, attempts, due, firstFailed)
        {
            AccountChanged = assignment.ResourceType == ResourceType.User && result.AccountId != assignment.AccountId,
        };
    }

    [LoggerMessage(1001, LogLevel.Warning, "{Resource} at {IdentityProvider}: {Kind}, {Message}; now {Status}")]
    private partial void LogFailed(string resource, string identityProvider, FailureKind kind, string message, AssignmentStatus status);

    [LoggerMessage(1002, LogLevel.Warning, "{Resource} at {IdentityProvider}: the lease ran out before the outcome was recorded")]
    private partial void LogLeaseLost(string resource, string identityProvider);

    [LoggerMessage(1003, LogLevel.Debug, "{IdentityProvider}: {Line}")]
    private partial void LogConnector(string identityProvider, string line);
}
