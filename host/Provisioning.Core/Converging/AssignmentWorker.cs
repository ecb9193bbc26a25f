using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Converging;

/// <summary>Stages 5 to 7: converge one claimed assignment, record the outcome, decide on the retry.</summary>
public sealed partial class AssignmentWorker(
    ILedger ledger, IConnectorSource connectors, TargetGate gate, IPace pace, NodeHealth health, AttemptsUnderWay underWay, TimeProvider time, ILogger<AssignmentWorker> logger)
{
    private readonly Converger _background = new(new LedgerAccounts(ledger, isAwaited: false));
    private readonly Converger _awaited = new(new LedgerAccounts(ledger, isAwaited: true));
    private readonly ConditionalWeakTable<IdentityProvider, OperationPacer> _pacers = [];

    /// <summary>Runs one attempt under the lease that the assignment carries.</summary>
    /// <param name="ahead">Somebody waits for it.</param>
    public async Task<AttemptResult> RunAsync(Assignment assignment, IdentityProvider provider, bool ahead)
    {
        using var running = underWay.Begin(assignment.Id);
        try
        {
            var started = time.GetUtcNow();
            return await RecordAsync(assignment, provider, await AttemptAsync(assignment, provider, ahead), started, ahead);
        }
        catch (LeaseLostException exception)
        {
            LogTakenOver(assignment.ResourceName, assignment.IdentityProvider);
            return new AttemptResult(new Failure(FailureKind.Transient, exception.Message), IsLate: true);
        }
    }

    private async Task<AttemptResult> RecordAsync(Assignment assignment, IdentityProvider provider, ConvergeResult result, DateTimeOffset started, bool ahead)
    {
        var until = assignment.Lease?.Until ?? started;

        // The gate first: when the assignment is due again, it must know already.
        var judged = await Stubborn.RunAsync(
            () => gate.ReportAsync(provider, result.Failure, started, assignment.Attempts, CancellationToken.None), until, time, LogAgain);
        result = result with { Failure = judged };
        var record = Record(result);
        var recorded = await Stubborn.RunAsync(
            async () =>
            {
                try
                {
                    return await ledger.RecordAsync(record, CancellationToken.None);
                }
                catch (AccountHeldException exception)
                {
                    result = TooLate(assignment, result, exception);
                    record = Record(result);
                    return await ledger.RecordAsync(record, CancellationToken.None);
                }
            },
            until, time, LogAgain);
        if (!recorded)
            LogLeaseLost(assignment.ResourceName, assignment.IdentityProvider);
        if (result.Failure is { } failure)
            LogFailed(assignment.ResourceName, assignment.IdentityProvider, failure.Kind, failure.Message, record.Status);
        
        // Whatever follows a create found the account, because somebody else made it.
        var created = result is { Failure: null, Operations: [.., ConnectorOperation.Create] };
        return new AttemptResult(result.Failure, IsLate: !recorded, created);

        void LogAgain(Exception exception) => LogNotRecorded(assignment.ResourceName, assignment.IdentityProvider, exception);

        AttemptRecord Record(ConvergeResult outcome) => RecordOf(assignment, provider, outcome, started, time.GetUtcNow()) with { IsAwaited = ahead };
    }

    // What was made was found and linked for another one before we heard that it is made: the same as if that had been first.
    private static ConvergeResult TooLate(Assignment assignment, ConvergeResult result, AccountHeldException exception) => result with
    {
        Applied = assignment.AccountId is null ? assignment.Applied : AppliedState.Absent,
        AppliedAttributes = null,
        AccountId = null,
        Uncertain = false,
        Failure = new Failure(FailureKind.Rejected, exception.Message),
    };

    private async Task<ConvergeResult> AttemptAsync(Assignment assignment, IdentityProvider provider, bool ahead)
    {
        var limit = provider.Limits.OperationTimeout;
        using var deadline = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var budget = new OperationBudget(PacerFor(provider, ahead), new LeaseCheck(assignment, ledger, health, time), limit, deadline, time);
        try
        {
            using var hold = connectors.Acquire(provider);
            var context = new OperationContext(
                assignment.Id, assignment.Attempts + 1, time.GetUtcNow() + limit, line => LogConnector(provider.Name, line));
            return await (ahead ? _awaited : _background).ConvergeAsync(assignment, provider, hold.Connector, context, budget, deadline.Token);
        }
        catch (ConnectorException exception)
        {
            return new ConvergeResult(
                assignment.Applied, assignment.AppliedAttributes, assignment.AccountId, assignment.Uncertain, [], Failure.From(exception)) { Unmarked = assignment.Unmarked };
        }
    }

    private OperationPacer PacerFor(IdentityProvider provider, bool ahead) => ahead
        ? new OperationPacer(provider, pace, ahead: true, time)
        : _pacers.GetValue(provider, x => new OperationPacer(x, pace, ahead: false, time));

    private static AttemptRecord RecordOf(
        Assignment assignment, IdentityProvider provider, ConvergeResult result, DateTimeOffset started, DateTimeOffset now)
    {
        var attempt = new Attempt(
            assignment.Id, started, now - started, string.Join(", ", result.Operations.Select(x => x.Name())), result.Failure?.Kind, result.Failure?.Message);
        var (status, attempts, due, firstFailed) = (AssignmentStatus.Done, 0, now, (DateTimeOffset?)null);
        ParkedBecause? parked = null;
        if (result.Failure is { } failure)
        {
            var decision = RecoveryPolicy.Decide(
                failure, assignment.Attempts + 1, now - (assignment.FirstFailedAt ?? started), provider.Retry, now, Random.Shared.NextDouble());
            status = decision.RetryAt is null ? AssignmentStatus.Parked : AssignmentStatus.Pending;
            parked = decision.Parked;
            due = decision.RetryAt ?? now;
            attempts = assignment.Attempts + (decision.Counts ? 1 : 0);
            firstFailed = decision.Counts ? assignment.FirstFailedAt ?? started : assignment.FirstFailedAt;
        }

        return new AttemptRecord(
            attempt, assignment.Lease!.Token, assignment.DesiredRevision, result.Applied, result.AppliedAttributes, result.AccountId,
            result.Uncertain, status, parked, attempts, due, firstFailed)
        {
            AccountBefore = assignment.AccountId,
            Acted = result.Acted,
            Unmarked = result.Unmarked,
            CreateUnheard = result.CreateUnheard,
        };
    }

    [LoggerMessage(1001, LogLevel.Warning, "{Resource} at {IdentityProvider}: {Kind}, {Message}; now {Status}")]
    private partial void LogFailed(string resource, string identityProvider, FailureKind kind, string message, AssignmentStatus status);

    [LoggerMessage(1002, LogLevel.Warning, "{Resource} at {IdentityProvider}: the outcome came after the lease had ended; what the attempt did at the target is kept")]
    private partial void LogLeaseLost(string resource, string identityProvider);

    [LoggerMessage(1005, LogLevel.Warning, "{Resource} at {IdentityProvider}: this host was silent and another one took it over; nothing further is done here")]
    private partial void LogTakenOver(string resource, string identityProvider);

    [LoggerMessage(1004, LogLevel.Error, "{Resource} at {IdentityProvider}: the outcome could not be recorded; trying again")]
    private partial void LogNotRecorded(string resource, string identityProvider, Exception exception);

    [LoggerMessage(1003, LogLevel.Debug, "{IdentityProvider}: {Line}")]
    private partial void LogConnector(string identityProvider, string line);
}
