using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Converging;

/// <summary>
/// The steps of one attempt on the account of a user. Another user it names (the manager) is left out while that one has no account; the
/// ledger wakes this one when the account appears.
/// </summary>
internal sealed class UserConvergence(AttemptContext attempt, AccountFinder finder, NameContest names) : IResourceConvergence
{
    private ConvergeState State => attempt.State;

    // Enabling or disabling may have been the change whose answer was lost.
    private bool IsUnsure => State.Uncertain && !State.Seen && attempt.Connector is IDisableAccounts;

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        var desired = await DesiredUserAsync(cancellationToken);
        await attempt.BeginAsync(ConnectorOperation.Create, cancellationToken);
        State.Sends(desired);
        var account = await attempt.Require<ICreateAccounts>("create")
            .CreateAsync(new NewAccount(attempt.Assignment.ResourceId, GeneratedSecret.Reveal(desired)), attempt.Operation, cancellationToken);
        State.AccountId = account.Id;
        State.Apply(AppliedState.Present, desired);
    }

    public async Task UpdateAsync(CancellationToken cancellationToken)
    {
        var desired = await DesiredUserAsync(cancellationToken);
        var changes = Changes(attempt.Known(desired), desired);
        bool? enable = State.Applied == AppliedState.Disabled || IsUnsure ? true : null;
        if (changes.Count > 0 || State.IsUnmarked)
            await SendAsync(changes, desired, enable, cancellationToken);
        else if (enable is not null)
            await SetEnabledAsync(true, cancellationToken);
        State.Apply(AppliedState.Present, desired);
    }

    public async Task DisableAsync(CancellationToken cancellationToken)
    {
        if (State.AccountId is null && State.Uncertain)
            await finder.FindOursAsync(cancellationToken);
        if (State.AccountId is null)
        {
            State.Uncertain = false;
            return;
        }

        try
        {
            // Access goes first, whatever becomes of the attributes.
            if (State.Applied != AppliedState.Disabled || IsUnsure)
            {
                attempt.CheckProtected(State.AccountId, "disabled");
                await SetEnabledAsync(false, cancellationToken);
            }

            State.Applied = AppliedState.Disabled;
            await FollowWhileDisabledAsync(cancellationToken);
        }
        catch (ConnectorException exception) when (exception.Kind == FailureKind.Gone)
        {
            State.Forget();
        }
    }

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        if (attempt.Connector is not IDisableAccounts || attempt.Connector is IDeleteAccounts)
        {
            await attempt.BeginAsync(ConnectorOperation.Delete, cancellationToken);
            await attempt.Require<IDeleteAccounts>("delete").DeleteAsync(accountId, attempt.Operation, cancellationToken);
            return;
        }

        // A target that never deletes must still lose the access, and a user who comes back is found again by the marker.
        try
        {
            await SetEnabledAsync(false, cancellationToken);
        }
        catch (ConnectorException exception) when (exception.Kind == FailureKind.Gone)
        {
            // Somebody managed to delete it.
        }
    }

    // A disabled account follows a rename, so that its old name becomes free. Attributes that are marked as unknown stay marked.
    private async Task FollowWhileDisabledAsync(CancellationToken cancellationToken)
    {
        if (attempt.Assignment.DesiredAttributes is null || attempt.Connector is not IUpdateAccounts || State.Attributes is null)
            return;
        var desired = await DesiredUserAsync(cancellationToken);
        var known = State.Attributes.DeepClone().AsObject();
        var changes = Changes(known, desired);
        if (changes.Count == 0)
        {
            State.Uncertain = State.Uncertain && !State.Seen;
            return;
        }

        try
        {
            await SendAsync(changes, desired, enable: null, cancellationToken);
            State.Apply(AppliedState.Disabled, desired);
        }
        catch (ConnectorException exception) when (exception.Kind == FailureKind.Rejected && attempt.Assignment.Assigned != true)
        {
            // A leaver has lost the access; attributes that the target refuses are nobody's concern any more.
        }
    }

    private async Task SendAsync(IReadOnlyList<AttributeChange> changes, JsonObject desired, bool? enable, CancellationToken cancellationToken)
    {
        try
        {
            await SendOnceAsync(changes, desired, enable, cancellationToken);
        }
        catch (ConnectorException conflict) when (conflict.Kind == FailureKind.Conflict)
        {
            throw await names.ResolveAsync(conflict, x => GiveUpAsync(x, cancellationToken), cancellationToken);
        }
        catch (ConnectorException refusal) when (refusal.Kind == FailureKind.Rejected && changes.Count == 0)
        {
            // Only the marker was to be written, and a connector of an earlier contract may refuse a change that changes nothing else.
            if (enable == true)
                await SetEnabledAsync(true, cancellationToken);
        }
        catch (ConnectorException refusal) when (refusal.Kind == FailureKind.Rejected && enable == true && !State.IsUnmarked && attempt.Connector is IDisableAccounts)
        {
            // An attribute that the target refuses does not keep its owner out.
            await SetEnabledAsync(true, cancellationToken);
            State.Applied = AppliedState.Present;
            throw;
        }
    }

    private async Task SendOnceAsync(IReadOnlyList<AttributeChange> changes, JsonObject desired, bool? enable, CancellationToken cancellationToken)
    {
        await attempt.BeginAsync(ConnectorOperation.Update, cancellationToken);
        State.Sends(desired);
        await attempt.Require<IUpdateAccounts>("update")
            .UpdateAsync(State.AccountId!, attempt.Delta(changes, Sent(desired), enable), attempt.Operation, cancellationToken);
    }

    private async Task GiveUpAsync(JsonObject attributes, CancellationToken cancellationToken)
    {
        await SendOnceAsync(Changes(State.Attributes ?? [], attributes), attributes, enable: null, cancellationToken);
        State.Apply(State.Applied, attributes);
    }

    // A secret is made when the account is, and never again: no change carries one.
    private static IReadOnlyList<AttributeChange> Changes(JsonObject known, JsonObject desired)
    {
        var (before, sent) = GeneratedSecret.Withhold(known, desired);
        return AttributeDiff.Compute(before, sent);
    }

    private static JsonObject Sent(JsonObject desired) => GeneratedSecret.Withhold([], desired).Desired;

    private async Task<JsonObject> DesiredUserAsync(CancellationToken cancellationToken)
    {
        var desired = attempt.DesiredAttributes();
        var others = AccountReference.In(desired);
        if (others.Count > 0)
            AccountReference.Resolve(desired, await attempt.Accounts.AccountIdsAsync(attempt.Assignment.IdentityProvider, others, cancellationToken));
        return desired;
    }

    private async Task SetEnabledAsync(bool enabled, CancellationToken cancellationToken)
    {
        await attempt.BeginAsync(enabled ? ConnectorOperation.Enable : ConnectorOperation.Disable, cancellationToken);
        await attempt.Require<IDisableAccounts>("disable").SetEnabledAsync(State.AccountId!, enabled, attempt.Operation, cancellationToken);
    }
}
