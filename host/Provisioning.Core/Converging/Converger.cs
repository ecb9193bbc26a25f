using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>
/// Makes the target be as desired: one attempt on one assignment. Decides which operations are needed from what was applied,
/// and never loses what it learned: a create that succeeded before a later call failed keeps its account id.
/// </summary>
internal sealed class Converger(IAccountLookup accounts)
{
    /// <exception cref="LeaseLostException" />
    /// <param name="budget">The time and the turns of the attempt; null for no limits.</param>
    public async Task<ConvergeResult> ConvergeAsync(
        Assignment assignment,
        IdentityProvider provider,
        IConnector connector,
        OperationContext context,
        OperationBudget? budget,
        CancellationToken cancellationToken)
    {
        var state = new ConvergeState(assignment);
        Failure? failure = null;
        try
        {
            var attempt = new AttemptContext(assignment, provider, connector, context, state, accounts, budget);
            await Compose(attempt).RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not LeaseLostException)
        {
            failure = Failure.From(exception);

            if (MayHaveActed(failure.Kind, state.Operations))
                state.Doubt();
        }

        return new ConvergeResult(state.Applied, state.Attributes, state.AccountId, state.Uncertain, state.Operations, failure) { Unmarked = state.IsUnmarked };
    }

    private static AccountConvergence Compose(AttemptContext attempt)
    {
        var names = new NameContest(attempt);
        var finder = new AccountFinder(attempt, names);
        return new AccountConvergence(
            attempt, finder, attempt.Assignment.ResourceType == ResourceType.Group ? new GroupConvergence(attempt, names) : new UserConvergence(attempt, finder, names));
    }

    // A lost answer to a repeatable change counts as transient to the connector; what it changed is as unknown. And a change may take
    // several requests: the first may have been done, whatever was said to the last.
    private static bool MayHaveActed(FailureKind kind, List<ConnectorOperation> operations) =>
        (kind == FailureKind.Ambiguous && operations.Exists(x => x.Acts()))
        || (kind != FailureKind.Gone && operations.FindLast(x => x.Acts()) is ConnectorOperation.Update or ConnectorOperation.Enable or ConnectorOperation.Disable or ConnectorOperation.Delete);
}
