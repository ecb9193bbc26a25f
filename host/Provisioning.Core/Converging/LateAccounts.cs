using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Converging;

/// <summary>
/// Looks for accounts that a target made after nobody waited for the answer any more. An account that turns up so is linked, or removed: of
/// a user who was deleted meanwhile, or who got another account, none is left behind.
/// </summary>
public sealed partial class LateAccounts(
    ILedger ledger, IConfigurationSource configuration, IConnectorSource connectors, TargetGate gate, IPace pace, TimeProvider time, ILogger<LateAccounts> logger)
{
    private const int Batch = 50;

    /// <summary>Looks at all targets where a look is due; returns the identity providers at which something has to be done now.</summary>
    public async Task<IReadOnlyCollection<string>> LookAsync(CancellationToken cancellationToken)
    {
        var (changed, failed) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));

        // A round takes only looks that were due when it began: a slow target must not keep the round going.
        var begun = time.GetUtcNow();
        while (await ledger.TakeUnheardCreatesAsync(Batch, begun, cancellationToken) is { Count: > 0 } due)
            foreach (var create in due.Where(x => !failed.Contains(x.IdentityProvider)))
                switch (await LookAsync(create, cancellationToken))
                {
                    case true:
                        changed.Add(create.IdentityProvider);
                        break;
                    case null:
                        failed.Add(create.IdentityProvider);
                        break;
                }

        return changed;
    }

    /// <returns>Whether an account turned up; null if the target could not be asked.</returns>
    private async Task<bool?> LookAsync(UnheardCreate create, CancellationToken cancellationToken)
    {
        if (configuration.Current.FindIdentityProvider(create.IdentityProvider) is not { } provider)
        {
            await ledger.LookedAsync(create, cancellationToken);
            return false;
        }

        if (!(await gate.AdmitAsync(provider, recheck: false, cancellationToken)).IsOpen)
            return false;
        var assignment = await ledger.FindAssignmentAsync(create.AssignmentId, cancellationToken);
        var found = false;
        try
        {
            // While an attempt is under way, what is found may be the account that it makes.
            if (assignment is { Lease: not null })
                return false;
            if (assignment is not null)
                foreach (var account in await FindAsync(assignment, provider, cancellationToken))
                    if (await ledger.FoundLateAsync(assignment.Id, account, cancellationToken))
                    {
                        found = true;
                        LogFound(assignment.ResourceName, provider.Name, account);
                    }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The next target is not to wait for this one.
            LogNotLooked(create.AssignmentId, provider.Name, exception.Message);
            return null;
        }

        await ledger.LookedAsync(create, cancellationToken);
        return found;
    }

    private async Task<IReadOnlyList<string>> FindAsync(Assignment assignment, IdentityProvider provider, CancellationToken cancellationToken)
    {
        using var hold = connectors.Acquire(provider);
        if (hold.Connector is not IFindAccounts finder || (hold.Connector.NamesAreUnique && assignment is { AccountId: not null, Desired: DesiredState.Present }))
            return [];
        using var deadline = new CancellationTokenSource(provider.Limits.OperationTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await new OperationPacer(provider, pace, ahead: false, time).WaitAsync(ConnectorOperation.Find, cancellationToken);
        var context = new OperationContext(assignment.Id, 1, time.GetUtcNow() + provider.Limits.OperationTimeout, _ => { });
        var found = await finder.FindAsync(assignment.ResourceType, AttemptContext.MatchKeyOf(assignment), context, either.Token);
        return [.. found.Where(x => x.Ownership == AccountOwnership.Ours && x.Account.Id != assignment.AccountId).Select(x => x.Account.Id)];
    }

    [LoggerMessage(1006, LogLevel.Warning, "{Resource} at {IdentityProvider}: account {Account} turned up that was made without an answer; it is linked or removed")]
    private partial void LogFound(string resource, string identityProvider, string account);

    [LoggerMessage(1007, LogLevel.Warning, "{Assignment} at {IdentityProvider}: the target could not be asked for an account that may have been made late: {Problem}")]
    private partial void LogNotLooked(string assignment, string identityProvider, string problem);
}
