using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>Looks for an account at the target, and makes it the assignment's if that is allowed.</summary>
internal sealed class AccountFinder(AttemptContext attempt, NameContest names)
{
    // An account that was made a moment ago may not be found yet.
    private const int Looks = 3;

    private ConvergeState State => attempt.State;

    private Assignment Assignment => attempt.Assignment;

    /// <summary>A lost answer, a foreign target without unique names, or the operator's wish: look before creating.</summary>
    public async Task FindIfUnsureAsync(CancellationToken cancellationToken)
    {
        if (State.AccountId is not null || !(State.Uncertain || attempt.Provider.MatchBeforeCreate || !attempt.Connector.NamesAreUnique))
            return;
        if (!await FindAndAdoptAsync(cancellationToken) && State.Uncertain && !attempt.Connector.NamesAreUnique)
            CheckLookedOftenEnough();
    }

    /// <returns>False if there is no account to adopt.</returns>
    /// <exception cref="ConnectorException">There is one, and it may not be adopted, or not yet.</exception>
    public async Task<bool> FindAndAdoptAsync(CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken);
        var own = found.Where(x => x.Ownership == AccountOwnership.Ours).ToList();
        var candidates = own.Count > 0 ? own : found;
        if (candidates.Count > 1)
            candidates = await WithoutStraysAsync(candidates, cancellationToken);
        if (candidates.Count > 1)
            throw AttemptContext.Rejected($"{candidates.Count} accounts match '{Assignment.ResourceName}'; link or remove them by hand");
        if (candidates.Count == 0)
            return false;

        var match = candidates[0];
        CheckAdoptable(match);

        // Before the first change: where several found the account at the same moment, it is decided here whose it is.
        var outcome = await attempt.Accounts.LinkAsync(Assignment, match.Account.Id, cancellationToken);
        if (outcome.Obstacle is { } holder)
            throw names.Refusal(match.Account.Id, new AccountHolder(holder, outcome.IsLiving));
        See(match, outcome.TakenFrom);
        return true;
    }

    /// <summary>For taking away: only an account that carries our marker is ours to touch.</summary>
    public async Task FindOursAsync(CancellationToken cancellationToken)
    {
        var found = (await FindAsync(cancellationToken)).Where(x => x.Ownership == AccountOwnership.Ours).ToList();

        // An account that somebody took over may carry our marker for a moment longer.
        var taken = found.Count == 0 ? [] : await attempt.Accounts.HoldersAsync(
            Assignment.IdentityProvider, Assignment.ResourceType, [.. found.Select(x => x.Account.Id)], cancellationToken);
        if (found.Find(x => !taken.Any(y => y.AccountId == x.Account.Id && y.Id != Assignment.Id)) is { } ours)
            (State.AccountId, State.Applied) = (ours.Account.Id, AppliedState.Present);
        else
            CheckLookedOftenEnough();
    }

    private async Task<List<MatchedAccount>> FindAsync(CancellationToken cancellationToken)
    {
        var finder = attempt.Require<IFindAccounts>("find");
        await attempt.BeginAsync(ConnectorOperation.Find, cancellationToken);
        return [.. await finder.FindAsync(Assignment.ResourceType, attempt.MatchKey(), attempt.Operation, cancellationToken)];
    }

    // A second account that is being removed carries our marker too.
    private async Task<List<MatchedAccount>> WithoutStraysAsync(List<MatchedAccount> found, CancellationToken cancellationToken)
    {
        var holders = await attempt.Accounts.HoldersAsync(
            Assignment.IdentityProvider, Assignment.ResourceType, [.. found.Select(x => x.Account.Id)], cancellationToken);
        var strays = holders.Where(x => x.StrayOf is not null).Select(x => x.AccountId).ToHashSet(StringComparer.Ordinal);
        return [.. found.Where(x => !strays.Contains(x.Account.Id))];
    }

    private void CheckLookedOftenEnough()
    {
        if (attempt.Operation.Attempt < Looks)
            throw new ConnectorException(
                FailureKind.Conflict, $"'{Assignment.ResourceName}' may have been created and is not found: look {attempt.Operation.Attempt} of {Looks}");
    }

    private void CheckAdoptable(MatchedAccount match)
    {
        if (match.Ownership != AccountOwnership.Ours)
            attempt.CheckProtected(match.Account.Id, "adopted");
        var allowed = match.Ownership == AccountOwnership.Ours || attempt.Provider.Existing switch
        {
            ExistingAccounts.Adopt => true,
            ExistingAccounts.AdoptIfUnowned => match.Ownership == AccountOwnership.Unowned,
            _ => false,
        };
        if (!allowed)
            throw AttemptContext.Rejected($"account '{match.Account.Id}' exists already for '{Assignment.ResourceName}' and 'existing' is '{attempt.Provider.Existing}'");
    }

    private void See(MatchedAccount match, Assignment? takenFrom)
    {
        if (takenFrom is not null)
            State.Inherit(takenFrom.AppliedAttributes);
        State.See(
            match.Account.Id, match.Account.Enabled == false ? AppliedState.Disabled : AppliedState.Present, KnownAttributes(match.Account.Attributes));
        State.IsUnmarked = match.Ownership != AccountOwnership.Ours || takenFrom is not null;

        // The leaver's account may have been disabled or changed between the search and the link: what was read proves nothing.
        if (takenFrom is not null)
            State.Mistrust();
    }

    // Only attributes that we manage count: what else the target holds is not ours to remove. Attributes that we wrote for a leaver are ours.
    private JsonObject KnownAttributes(JsonObject found)
    {
        if (found.Count == 0)
            return State.Attributes?.DeepClone().AsObject() ?? [];
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
}
