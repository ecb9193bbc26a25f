using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Reconciling;

/// <summary>One account, and the assignment that it belongs to.</summary>
internal sealed class AccountComparison(IdentityProvider provider)
{
    public IEnumerable<Finding> Compare(Assignment assignment, Account account)
    {
        if (assignment.Applied == AppliedState.Present && account.Enabled == false)
            yield return Of(FindingKind.Disabled, assignment, FindingStep.Possible);
        if (assignment.Applied == AppliedState.Disabled && account.Enabled == true)
        {
            var spared = provider.Protects(assignment.ResourceName) || provider.Protects(assignment.AccountId);
            yield return Of(FindingKind.Enabled, assignment, spared ? FindingStep.None : FindingStep.Possible) with
            {
                Detail = spared ? "the account is protected and is not disabled again" : null,
            };
        }

        // Of an account that nobody is to use, only that counts.
        if (assignment is not { Desired: DesiredState.Present, AppliedAttributes: { } applied })
            yield break;
        IReadOnlyCollection<string> ignored = [.. provider.Reconciliation.Ignore, "members"];
        foreach (var (name, ours, theirs) in AttributeComparison.Compare(applied, account.Attributes, ignored))
            yield return Of(FindingKind.Different, assignment, FindingStep.Possible) with
            {
                Attribute = name, Ours = AttributeText.Shown(ours), Theirs = AttributeText.Shown(theirs),
            };
    }

    private static Finding Of(FindingKind kind, Assignment assignment, FindingStep step) => new(
        kind, assignment.ResourceType, assignment.Id, assignment.ResourceName, assignment.AccountId, Step: step);
}
