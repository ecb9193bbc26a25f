using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Converging;

/// <summary>
/// Looks for accounts that a target made after nobody waited for the answer any more. An account that turns up so is linked, or removed: of
/// a user who was deleted meanwhile, or who got another account, none is left behind. Each target is looked at by itself, so that one that is slow
/// does not hold the others up.
/// </summary>
public sealed partial class LateAccounts(
    ILedger ledger,
    IConfigurationSource configuration,
    IConnectorSource connectors,
    TargetGate gate,
    IPace pace,
    IWakeUp wakeUp,
    TimeProvider time,
    ILogger<LateAccounts> logger)
{
    private const int Batch = 50;

    // After this time a round asks a target nothing more. A later round looks for the accounts that are left.
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(30);

    /// <summary>Looks at all targets where a look is due, and wakes the drains of those at which something has to be done now.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        // A round takes only looks that were due when it began.
        var begun = time.GetUtcNow();
        var due = new List<UnheardCreate>();
        while (await ledger.TakeUnheardCreatesAsync(Batch, begun, cancellationToken) is { Count: > 0 } some)
            due.AddRange(some);
        await Task.WhenAll(due.GroupBy(x => x.IdentityProvider, StringComparer.Ordinal).Select(x => LookAsync(x.Key, x, cancellationToken)));
    }

    private async Task LookAsync(string identityProvider, IEnumerable<UnheardCreate> due, CancellationToken cancellationToken)
    {
        if (configuration.Current.FindIdentityProvider(identityProvider) is not { } provider)
        {
            foreach (var create in due)
                await ledger.LookedAsync(create, cancellationToken);
            return;
        }

        // One for the round: each reserves several starts of the rate at once.
        var pacer = new OperationPacer(provider, pace, ahead: false, time);
        var begun = time.GetTimestamp();
        foreach (var create in due)
            if (time.GetElapsedTime(begun) >= RoundTime || !await LookAsync(create, provider, pacer, cancellationToken))
                return;
    }

    /// <returns>False if the target could not be asked.</returns>
    private async Task<bool> LookAsync(UnheardCreate create, IdentityProvider provider, OperationPacer pacer, CancellationToken cancellationToken)
    {
        if (!(await gate.AdmitAsync(provider, recheck: false, cancellationToken)).IsOpen)
            return false;
        var assignment = await ledger.FindAssignmentAsync(create.AssignmentId, cancellationToken);
        try
        {
            // While an attempt is under way, what is found may be the account that it makes.
            if (assignment is { Lease: not null })
                return true;
            if (assignment is not null)
                foreach (var account in await FindAsync(assignment, provider, pacer, cancellationToken))
                    if (await ledger.FoundLateAsync(assignment.Id, account, cancellationToken))
                    {
                        LogFound(assignment.ResourceName, provider.Name, account);
                        wakeUp.Wake(provider.Name);
                    }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotLooked(create.AssignmentId, provider.Name, exception.Message);
            return false;
        }

        await ledger.LookedAsync(create, cancellationToken);
        return true;
    }

    private async Task<IReadOnlyList<string>> FindAsync(Assignment assignment, IdentityProvider provider, OperationPacer pacer, CancellationToken cancellationToken)
    {
        using var hold = connectors.Acquire(provider);
        if (hold.Connector is not IFindAccounts finder || (hold.Connector.NamesAreUnique && assignment is { AccountId: not null, Desired: DesiredState.Present }))
            return [];
        await pacer.WaitAsync(ConnectorOperation.Find, cancellationToken);
        using var deadline = new CancellationTokenSource(provider.Limits.OperationTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var context = new OperationContext(assignment.Id, 1, time.GetUtcNow() + provider.Limits.OperationTimeout, _ => { });
        var found = await finder.FindAsync(assignment.ResourceType, AttemptContext.MatchKeyOf(assignment), context, either.Token);
        return [.. found.Where(x => x.Ownership == AccountOwnership.Ours && x.Account.Id != assignment.AccountId).Select(x => x.Account.Id)];
    }

    [LoggerMessage(1006, LogLevel.Warning, "{Resource} at {IdentityProvider}: account {Account} turned up that was made without an answer; it is linked or removed")]
    private partial void LogFound(string resource, string identityProvider, string account);

    [LoggerMessage(1007, LogLevel.Warning, "{Assignment} at {IdentityProvider}: the target could not be asked for an account that may have been made late: {Problem}")]
    private partial void LogNotLooked(string assignment, string identityProvider, string problem);
}
