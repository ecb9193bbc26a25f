using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Converging;

/// <summary>
/// One attempt on the account of a user. Another user it names (the manager) is left out while that one has no account; the ledger
/// wakes this one when the account appears.
/// </summary>
internal sealed class UserWork(
    Assignment assignment,
    IdentityProvider provider,
    IConnector connector,
    OperationContext context,
    ConvergeState state,
    IAccountLookup accounts,
    OperationBudget? budget)
    : AccountWork(assignment, provider, connector, context, state, accounts, budget)
{
    protected override async Task CreateAsync(CancellationToken cancellationToken)
    {
        var desired = await DesiredUserAsync(cancellationToken);
        await BeginAsync("create", cancellationToken);
        State.Sends(desired);
        var account = await Require<ICreateAccounts>("create")
            .CreateAsync(new NewAccount(Assignment.ResourceId, desired), Context, cancellationToken);
        State.AccountId = account.Id;
        State.Apply(AppliedState.Present, desired);
    }

    protected override async Task UpdateAsync(CancellationToken cancellationToken)
    {
        var desired = await DesiredUserAsync(cancellationToken);
        var changes = AttributeDiff.Compute(Known(desired), desired);
        bool? enable = State.Applied == AppliedState.Disabled || IsUnsure ? true : null;
        if (changes.Count > 0)
        {
            await BeginAsync("update", cancellationToken);
            State.Sends(desired);
            var delta = new AccountDelta(changes, desired, enable);
            await Require<IUpdateAccounts>("update").UpdateAsync(State.AccountId!, delta, Context, cancellationToken);
        }
        else if (enable is not null)
        {
            await SetEnabledAsync(true, cancellationToken);
        }

        State.Apply(AppliedState.Present, desired);
    }

    // What is unknown of its attributes stays unknown: they are not touched here.
    protected override async Task EnsureDisabledAsync(CancellationToken cancellationToken)
    {
        if (State.AccountId is null && State.Uncertain)
            await FindOursAsync(cancellationToken);
        if (State.AccountId is null)
        {
            State.Uncertain = false;
            return;
        }

        if (State.Applied != AppliedState.Disabled || IsUnsure)
        {
            CheckProtected(State.AccountId, "disabled");
            try
            {
                await SetEnabledAsync(false, cancellationToken);
            }
            catch (ConnectorException exception) when (exception.Kind == FailureKind.Gone)
            {
                State.Forget();
                return;
            }
        }

        State.Applied = AppliedState.Disabled;
    }

    protected override async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        if (Connector is not IDisableAccounts || Connector is IDeleteAccounts)
        {
            await BeginAsync("delete", cancellationToken);
            await Require<IDeleteAccounts>("delete").DeleteAsync(accountId, Context, cancellationToken);
            return;
        }

        // A target that never deletes must still lose the access, and who comes back is found again by the marker.
        try
        {
            await SetEnabledAsync(false, cancellationToken);
        }
        catch (ConnectorException exception) when (exception.Kind == FailureKind.Gone)
        {
            // Somebody managed to delete it.
        }
    }

    // Enabling or disabling may have been the change whose answer was lost.
    private bool IsUnsure => State.Uncertain && !State.Seen && Connector is IDisableAccounts;

    private async Task<JsonObject> DesiredUserAsync(CancellationToken cancellationToken)
    {
        var desired = DesiredAttributes();
        var others = AccountReference.In(desired);
        if (others.Count > 0)
            AccountReference.Resolve(desired, await Accounts.AccountIdsAsync(Assignment.IdentityProvider, others, cancellationToken));
        return desired;
    }

    private async Task SetEnabledAsync(bool enabled, CancellationToken cancellationToken)
    {
        await BeginAsync(enabled ? "enable" : "disable", cancellationToken);
        await Require<IDisableAccounts>("disable").SetEnabledAsync(State.AccountId!, enabled, Context, cancellationToken);
    }
}
