using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>
/// The target refuses a name because another account has it. Names move between our users: a name that its holder is giving up is waited
/// for, names that were swapped are given up first, and a leaver gives a name up to a user who exists.
/// </summary>
internal sealed class NameContest(AttemptContext attempt)
{
    private const int LongestCycle = 8;

    private Assignment Assignment => attempt.Assignment;

    /// <summary>Why the account of somebody else is not adopted, and whether to wait for it.</summary>
    public ConnectorException Refusal(string accountId, AccountHolder holder)
    {
        var name = holder.Assignment.ResourceName;
        if (holder.Assignment.StrayOf is not null)
            return AttemptContext.Wait($"account '{accountId}' is a second account of '{name}' and is being removed");
        if (!holder.IsLiving)
            return AttemptContext.Wait($"account '{accountId}' of '{name}', who left, is being worked on");
        return GivesUpName(holder.Assignment)
            ? AttemptContext.Wait($"account '{accountId}' is that of '{name}', and the target has not renamed it yet: waiting for that")
            : AttemptContext.Rejected(new AccountHeldException(accountId, name).Message);
    }

    /// <summary>
    /// A change of the account was refused as a conflict. Finds out who has the name and does what helps; returns what to fail with: the
    /// conflict itself if nobody whom the ledger knows has the name.
    /// </summary>
    /// <param name="update">Sends attributes for the account of this assignment.</param>
    public async Task<ConnectorException> ResolveAsync(ConnectorException conflict, Func<JsonObject, Task> update, CancellationToken cancellationToken)
    {
        if (attempt.Connector is not IFindAccounts || await HolderOfNameAsync(Assignment, cancellationToken) is not { } holder)
            return conflict;
        if (holder.StrayOf is not null || holder.Desired == DesiredState.Absent)
            return AttemptContext.Wait($"the name '{Name}' is that of an account of '{holder.ResourceName}', which is being removed: waiting for that");
        if (GivesUpName(holder))
        {
            if (await IsCycleAsync(holder, cancellationToken))
                await GiveUpOwnNameAsync(update);
            return AttemptContext.Wait($"the name '{Name}' is still that of '{holder.ResourceName}', and the target has not renamed that account yet: waiting for that");
        }

        // A leaver in a grace period, or whose withdrawal waits for approval, is left alone until that is over.
        if (holder.Held || holder is { Status: AssignmentStatus.Pending, Desired: not DesiredState.Present, LastFailure: null })
            return AttemptContext.Wait($"the name '{Name}' is that of the account of '{holder.ResourceName}', which is going to be taken away: waiting for that");

        return await LeaverGivesUpAsync(holder, cancellationToken)
            ? AttemptContext.Wait($"the name '{Name}' is that of the account of '{holder.ResourceName}', who left and gives it up: waiting for that")
            : AttemptContext.Rejected($"the name '{Name}' is that of account '{holder.AccountId}' of '{holder.ResourceName}'");
    }

    private string Name => attempt.MatchKey().Name;

    // Its account is to be renamed, and the target has not done it yet.
    private bool GivesUpName(Assignment holder)
    {
        if (holder.Status != AssignmentStatus.Pending && holder.Lease is null)
            return false;
        if (holder.Desired == DesiredState.Absent)
            return true;
        var there = holder.AppliedAttributes;
        var contested = ContestedValues.Between(attempt.DesiredAttributes(), Name, there);
        return contested.Any(x => !JsonNode.DeepEquals(holder.DesiredAttributes?[x], there?[x]));
    }

    /// <summary>The assignment whose account has the name that this one desires; null if it is nobody's whom the ledger knows.</summary>
    private async Task<Assignment?> HolderOfNameAsync(Assignment wants, CancellationToken cancellationToken)
    {
        await attempt.BeginAsync(ConnectorOperation.Find, cancellationToken);

        // By the name alone: a search that finds the marker finds the account that wants the name, and not the one that has it.
        var byName = AttemptContext.MatchKeyOf(wants) with { OwnershipMarker = wants.Id };
        var found = await attempt.Require<IFindAccounts>("find").FindAsync(wants.ResourceType, byName, attempt.Operation, cancellationToken);
        var others = found.Select(x => x.Account.Id).Where(x => x != wants.AccountId && x != attempt.State.AccountId).ToList();
        if (others.Count == 0)
            return null;
        var holders = await attempt.Accounts.HoldersAsync(wants.IdentityProvider, wants.ResourceType, others, cancellationToken);
        return holders.FirstOrDefault(x => x.Id != wants.Id);
    }

    // Names that were swapped: everybody waits for the next one, and the last one for us.
    private async Task<bool> IsCycleAsync(Assignment holder, CancellationToken cancellationToken)
    {
        for (var steps = 0; steps < LongestCycle; steps++)
        {
            var wanted = AttemptContext.MatchKeyOf(holder).Name;
            if (ContestedValues.Between(holder.DesiredAttributes, wanted, attempt.State.Attributes).Count > 0)
                return true;
            if (await HolderOfNameAsync(holder, cancellationToken) is not { } next || next.Id == holder.Id)
                return false;
            holder = next;
        }

        return false;
    }

    private async Task GiveUpOwnNameAsync(Func<JsonObject, Task> update)
    {
        var attributes = attempt.State.Attributes?.DeepClone().AsObject() ?? [];
        attributes.Remove(PossibleAttributes.Members);
        var old = attributes[Assignment.ResourceType == ResourceType.User ? "userName" : "displayName"]?.ToString();
        if (old is null)
            return;
        var contested = ContestedValues.Between(attributes, old, attributes);
        foreach (var (name, value) in ContestedValues.Freed(attributes, contested, old, Suffix(Assignment)))
            attributes[name] = value;
        await update(attributes);
    }

    private async Task<bool> LeaverGivesUpAsync(Assignment holder, CancellationToken cancellationToken)
    {
        var there = holder.AppliedAttributes ?? holder.DesiredAttributes ?? [];
        var contested = ContestedValues.Between(attempt.DesiredAttributes(), Name, there);
        if (contested.Count == 0 || attempt.Provider.Protects(holder.AccountId) || attempt.Provider.Protects(holder.ResourceName))
            return false;
        return await attempt.Accounts.YieldAsync(holder, ContestedValues.Freed(there, contested, Name, Suffix(holder)), cancellationToken);
    }

    private static string Suffix(Assignment assignment) => assignment.Id[Math.Max(0, assignment.Id.Length - 8)..].ToLowerInvariant();
}
