using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>The steps that users and groups share: find, adopt, create, and starting over when the account is gone.</summary>
internal abstract class AccountWork(
    Assignment assignment,
    IdentityProvider provider,
    IConnector connector,
    OperationContext context,
    ConvergeState state,
    IAccountLookup accounts,
    OperationBudget? budget)
{
    // What was made a moment ago may not be found yet.
    private const int Looks = 3;

    protected Assignment Assignment { get; } = assignment;

    protected IConnector Connector { get; } = connector;

    protected OperationContext Context { get; private set; } = context;

    protected ConvergeState State { get; } = state;

    protected IAccountLookup Accounts { get; } = accounts;

    public Task RunAsync(CancellationToken cancellationToken) => Assignment.Desired switch
    {
        DesiredState.Present => EnsureAsync(cancellationToken),
        DesiredState.Disabled => EnsureDisabledAsync(cancellationToken),
        _ => EnsureAbsentAsync(cancellationToken),
    };

    protected abstract Task EnsureDisabledAsync(CancellationToken cancellationToken);

    protected abstract Task CreateAsync(CancellationToken cancellationToken);

    protected abstract Task UpdateAsync(CancellationToken cancellationToken);

    protected abstract Task DeleteAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>A lost answer, a foreign target without unique names, or the operator's wish: look before creating.</summary>
    protected async Task FindIfUnsureAsync(CancellationToken cancellationToken)
    {
        if (State.AccountId is not null || !(State.Uncertain || provider.MatchBeforeCreate || !Connector.NamesAreUnique))
            return;
        if (!await FindAndAdoptAsync(cancellationToken) && State.Uncertain && !Connector.NamesAreUnique)
            CheckLookedOftenEnough();
    }

    protected async Task<bool> FindAndAdoptAsync(CancellationToken cancellationToken)
    {
        var finder = Require<IFindAccounts>("find");
        await BeginAsync("find", cancellationToken);
        var found = await finder.FindAsync(Assignment.ResourceType, MatchKey(), Context, cancellationToken);
        if (found.Count == 0)
            return false;

        var own = found.Where(x => x.Ownership == AccountOwnership.Ours).ToList();
        var candidates = own.Count > 0 ? own : [.. found];
        if (candidates.Count > 1)
            throw new ConnectorException(FailureKind.Rejected, $"{candidates.Count} accounts match '{Assignment.ResourceName}'; link or remove them by hand");

        CheckAdoptable(candidates[0]);
        await LinkAsync(candidates[0].Account.Id, cancellationToken);
        See(candidates[0]);
        return true;
    }

    /// <summary>
    /// What a change is computed against. After a change whose effect is unknown, and what is desired may have changed back since, everything
    /// desired is sent and everything else that may be there is removed.
    /// </summary>
    protected JsonObject Known(JsonObject desired)
    {
        var unsure = State.Uncertain && !State.Seen && Connector is (IUpdateAccounts or IManageGroups);
        var known = unsure ? PossibleAttributes.WithoutValuesOf(desired, State.Attributes) : State.Attributes?.DeepClone().AsObject() ?? [];
        known.Remove(PossibleAttributes.Members);
        return known;
    }

    /// <summary>Notes an operation and waits until it may start. Nothing but the call itself comes after.</summary>
    protected async Task BeginAsync(string operation, CancellationToken cancellationToken)
    {
        if (budget is not null)
            Context = await budget.BeginAsync(operation, Context, cancellationToken);
        State.Operations.Add(operation);
    }

    protected T Require<T>(string capability)
        where T : class =>
        Connector as T ?? throw new ConnectorException(FailureKind.Rejected, $"connector '{provider.Connector}' cannot {capability} {Assignment.ResourceType.ToString().ToLowerInvariant()}s");

    protected JsonObject DesiredAttributes()
    {
        var attributes = Assignment.DesiredAttributes?.DeepClone().AsObject() ?? [];
        attributes.Remove(PossibleAttributes.Members);
        return attributes;
    }

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        // Parked because its mapping failed, and tried again by hand or because its identity provider came back: an empty account is nobody's wish.
        if (Assignment.DesiredAttributes is null)
            throw new ConnectorException(FailureKind.Rejected, $"the attributes of '{Assignment.ResourceName}' could not be mapped; it is planned again when user, mapping or policies change");
        await FindIfUnsureAsync(cancellationToken);
        if (State.AccountId is not null)
        {
            try
            {
                await UpdateAsync(cancellationToken);
                return;
            }
            catch (ConnectorException exception) when (exception.Kind == FailureKind.Gone)
            {
                // Somebody removed the account at the target: desired state says it should exist, so make it again. An attempt that was not
                // heard of may have done that already.
                var (gone, unsure) = (State.AccountId, State.Uncertain);
                State.Forget();
                State.Uncertain = unsure;
                await FindIfUnsureAsync(cancellationToken);

                // A search may lag behind and find what is gone.
                if (State.AccountId == gone)
                    State.Forget();
            }

            if (State.AccountId is not null)
            {
                await UpdateAsync(cancellationToken);
                return;
            }
        }

        try
        {
            await CreateAsync(cancellationToken);
        }
        catch (ConnectorException exception) when (exception.Kind == FailureKind.Conflict && Connector is IFindAccounts)
        {
            if (!await FindAndAdoptAsync(cancellationToken))
                throw;
            await UpdateAsync(cancellationToken);
        }
    }

    private async Task EnsureAbsentAsync(CancellationToken cancellationToken)
    {
        if (State.AccountId is null && State.Uncertain)
            await FindOursAsync(cancellationToken);
        if (State.AccountId is { } id)
        {
            CheckProtected(id, "deleted");
            await DeleteAsync(id, cancellationToken);
        }

        State.Forget();
    }

    /// <summary>For taking away: only what carries our marker is ours to touch.</summary>
    protected async Task FindOursAsync(CancellationToken cancellationToken)
    {
        await BeginAsync("find", cancellationToken);
        var found = await Require<IFindAccounts>("find").FindAsync(Assignment.ResourceType, MatchKey(), Context, cancellationToken);
        if (found.FirstOrDefault(x => x.Ownership == AccountOwnership.Ours) is { } ours)
            (State.AccountId, State.Applied) = (ours.Account.Id, AppliedState.Present);
        else
            CheckLookedOftenEnough();
    }

    private void CheckLookedOftenEnough()
    {
        if (Context.Attempt < Looks)
            throw new ConnectorException(FailureKind.Conflict, $"'{Assignment.ResourceName}' may have been created and is not found: look {Context.Attempt} of {Looks}");
    }

    // Before the first change: who is to have it, where several found it at the same moment, is decided before any of them writes to it.
    private async Task LinkAsync(string accountId, CancellationToken cancellationToken)
    {
        var holder = await Accounts.LinkAsync(Assignment, accountId, cancellationToken);
        if (holder is { Desired: DesiredState.Present })
            throw new ConnectorException(FailureKind.Rejected, new AccountHeldException(accountId, holder.ResourceName).Message);
        if (holder is not null)
            throw new ConnectorException(FailureKind.Transient, $"account '{accountId}' of '{holder.ResourceName}', who left, is being worked on");
    }

    /// <summary>The last line of defence: whatever was planned, such an account is not touched.</summary>
    protected void CheckProtected(string accountId, string verb)
    {
        if (provider.Protects(accountId) || provider.Protects(Assignment.ResourceName) || provider.Protects(MatchKey().Name))
            throw new ConnectorException(FailureKind.Rejected, $"account '{accountId}' of '{Assignment.ResourceName}' is protected and is not {verb}");
    }

    private void CheckAdoptable(MatchedAccount match)
    {
        if (match.Ownership != AccountOwnership.Ours)
            CheckProtected(match.Account.Id, "adopted");
        var allowed = match.Ownership == AccountOwnership.Ours || provider.Existing switch
        {
            ExistingAccounts.Adopt => true,
            ExistingAccounts.AdoptIfUnowned => match.Ownership == AccountOwnership.Unowned,
            _ => false,
        };
        if (!allowed)
            throw new ConnectorException(FailureKind.Rejected, $"account '{match.Account.Id}' exists already for '{Assignment.ResourceName}' and 'existing' is '{provider.Existing}'");
    }

    private void See(MatchedAccount match) => State.See(
        match.Account.Id, match.Account.Enabled == false ? AppliedState.Disabled : AppliedState.Present, KnownAttributes(match.Account.Attributes));

    // Only attributes that we manage count: what else the target holds is not ours to remove.
    private JsonObject KnownAttributes(JsonObject found)
    {
        var known = new JsonObject();
        foreach (var name in (State.Attributes ?? []).Select(x => x.Key).Union((Assignment.DesiredAttributes ?? []).Select(x => x.Key)))
        {
            if (name == PossibleAttributes.Members || found[name]?.DeepClone() is not { } value)
                continue;
            var (desired, applied) = (Assignment.DesiredAttributes?[name] as JsonObject, State.Attributes?[name] as JsonObject);
            if (value is JsonObject complex && (desired ?? applied) is not null)
                foreach (var sub in complex.Select(x => x.Key).Where(x => desired?.ContainsKey(x) != true && applied?.ContainsKey(x) != true).ToList())
                    complex.Remove(sub);
            known[name] = value;
        }

        return known;
    }

    private MatchKey MatchKey()
    {
        var attribute = Assignment.ResourceType == ResourceType.User ? "userName" : "displayName";
        var name = Assignment.DesiredAttributes?[attribute]?.ToString() ?? Assignment.ResourceName;
        return new MatchKey(Assignment.ResourceId, name) { Attributes = DesiredAttributes() };
    }
}
