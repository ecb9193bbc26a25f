using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>The order of the steps, the same for users and groups: find, adopt, create, update, and start over when the account is gone.</summary>
internal sealed class AccountConvergence(AttemptContext attempt, AccountFinder finder, IResourceConvergence resource)
{
    private ConvergeState State => attempt.State;

    public Task RunAsync(CancellationToken cancellationToken) => attempt.Assignment.Desired switch
    {
        DesiredState.Present => EnsureAsync(cancellationToken),
        DesiredState.Disabled => resource.DisableAsync(cancellationToken),
        _ => EnsureAbsentAsync(cancellationToken),
    };

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        // Parked because its mapping failed, and tried again by hand or because its identity provider came back: an empty account is nobody's wish.
        if (attempt.Assignment.DesiredAttributes is null)
            throw AttemptContext.Rejected(
                $"the attributes of '{attempt.Assignment.ResourceName}' could not be mapped; it is planned again when user, mapping or policies change");
        await finder.FindIfUnsureAsync(cancellationToken);
        if (State.AccountId is null || !await UpdateAsync(cancellationToken))
            await CreateAsync(cancellationToken);
    }

    /// <returns>False if there is no account after all.</returns>
    private async Task<bool> UpdateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await resource.UpdateAsync(cancellationToken);
            return true;
        }
        catch (ConnectorException exception) when (exception.Kind == FailureKind.Gone)
        {
            // Somebody removed the account at the target: desired state says it should exist, so make it again. An attempt that was not
            // heard of may have done that already.
            var (gone, unsure) = (State.AccountId, State.Uncertain);
            State.Forget();
            State.Uncertain = unsure;
            await finder.FindIfUnsureAsync(cancellationToken);

            // A search may lag behind and find what is gone.
            if (State.AccountId == gone)
                State.Forget();
        }

        if (State.AccountId is null)
            return false;
        await resource.UpdateAsync(cancellationToken);
        return true;
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await resource.CreateAsync(cancellationToken);
        }
        catch (ConnectorException exception) when (exception.Kind == FailureKind.Conflict && attempt.Connector is IFindAccounts)
        {
            if (!await finder.FindAndAdoptAsync(cancellationToken))
                throw;
            await resource.UpdateAsync(cancellationToken);
        }
    }

    private async Task EnsureAbsentAsync(CancellationToken cancellationToken)
    {
        if (State.AccountId is null && State.Uncertain)
            await finder.FindOursAsync(cancellationToken);
        if (State.AccountId is { } id)
        {
            attempt.CheckProtected(id, "deleted");
            await resource.DeleteAsync(id, cancellationToken);
        }

        State.Forget();
    }
}
