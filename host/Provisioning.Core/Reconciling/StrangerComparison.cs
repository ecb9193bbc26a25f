using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Reconciling;

/// <summary>Accounts that no assignment has: whose they are, by their marker or by the rules of the identity provider.</summary>
internal sealed class StrangerComparison(IdentityProvider provider, IReconciliationStore store, Motion motion, UnknownMarkers markers)
{
    private static readonly CorrelationRule ByUserName = new() { Account = "userName" };
    private static readonly CorrelationRule ByDisplayName = new() { Account = "displayName" };

    public async Task CompareAsync(ResourceType type, IReadOnlyList<Account> strangers, BatchFindings findings, CancellationToken cancellationToken)
    {
        var owners = new Dictionary<string, CorrelatedResource>(StringComparer.Ordinal);
        await MatchAsync(type, CorrelationKey.Id, strangers, x => x.OwnershipMarker, owners, cancellationToken);
        var marked = owners.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var account in strangers.Where(x => !marked.Contains(x.Id)))
            markers.Stranger(account);
        foreach (var rule in Rules(type))
        {
            var left = strangers.Where(x => !owners.ContainsKey(x.Id)).ToList();
            await MatchAsync(type, rule.User, left, x => Value(x, rule.Account), owners, cancellationToken);
        }

        foreach (var account in strangers)
        {
            var owner = owners.GetValueOrDefault(account.Id);
            if (owner?.Assignment is { } assignment && !motion.IsSettled(assignment))
                findings.InMotion++;
            else
                findings.Add(Judge(type, account, owner, marked.Contains(account.Id)));
        }
    }

    private IReadOnlyList<CorrelationRule> Rules(ResourceType type) => type == ResourceType.Group ? [ByDisplayName]
        : provider.Reconciliation.Correlate.Count == 0 ? [ByUserName] : provider.Reconciliation.Correlate;

    private static string? Value(Account account, string path) =>
        AttributeText.Of(TargetPath.Get(account.Attributes, path)) is { Length: > 0 } text ? text : null;

    private async Task MatchAsync(
        ResourceType type,
        CorrelationKey key,
        IReadOnlyList<Account> accounts,
        Func<Account, string?> value,
        Dictionary<string, CorrelatedResource> owners,
        CancellationToken cancellationToken)
    {
        var values = accounts.Select(value).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (values.Count == 0)
            return;
        var found = (await store.CorrelateAsync(provider.Name, type, key, values, cancellationToken))
            .GroupBy(x => x.Value, StringComparer.Ordinal).ToDictionary(x => x.Key, x => x.First(), StringComparer.Ordinal);
        foreach (var account in accounts)
            if (value(account) is { } own && found.TryGetValue(own, out var owner))
                owners[account.Id] = owner;
    }

    private Finding Judge(ResourceType type, Account account, CorrelatedResource? owner, bool marked)
    {
        var name = Value(account, type == ResourceType.User ? "userName" : "displayName");
        var unmatched = new Finding(FindingKind.Unmatched, type, null, null, account.Id, Detail: name);
        if (owner is null)
            return account.OwnershipMarker is { } marker ? unmatched with { Detail = $"{name}; it carries the marker '{marker}'" } : unmatched;
        var kind = marked ? FindingKind.Orphan : FindingKind.Unmatched;
        var known = unmatched with { Kind = kind, ResourceName = owner.ResourceName };
        if (owner.Assignment is not { } assignment)
            return known with { Detail = $"'{owner.ResourceName}' is not assigned here" };
        if (assignment.AccountId is { } other)
            return known with { Detail = $"'{owner.ResourceName}' has the account '{other}'" };
        if (assignment.Desired == DesiredState.Present)
            return Adoptable(known, assignment, account, marked);
        if (!marked)
            return known with { Detail = $"'{owner.ResourceName}' is not to have an account" };
        var spared = provider.Protects(owner.ResourceName) || provider.Protects(account.Id);
        return known with
        {
            AssignmentId = assignment.Id,
            Step = spared ? FindingStep.None : FindingStep.Possible,
            Detail = $"'{owner.ResourceName}' is to have no account{(spared ? "; this one is protected" : "")}",
        };
    }

    private Finding Adoptable(Finding finding, Assignment assignment, Account account, bool marked)
    {
        var reason = marked ? null
            : provider.Protects(account.Id) || provider.Protects(assignment.ResourceName) ? "the account is protected"
            : provider.Existing == ExistingAccounts.Reject ? "'existing' is reject"
            : provider.Existing == ExistingAccounts.AdoptIfUnowned && account.OwnershipMarker is not null ? "it carries somebody else's marker"
            : null;
        return finding with
        {
            Kind = FindingKind.Adoptable,
            AssignmentId = assignment.Id,
            Step = reason is null ? FindingStep.Possible : FindingStep.None,
            Detail = reason ?? (marked ? "by its marker" : "by correlation"),
        };
    }
}
