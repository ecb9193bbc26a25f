using Provisioning.Core.Configuration;
using Provisioning.Core.Users;

namespace Provisioning.Core.Deciding;

/// <summary>
/// Stage 2: which identity providers should a user have an account at? All service providers of the user count: an account stays
/// while any of them grants it.
/// </summary>
public sealed class BindingDecider(IDecisionPoint decisions)
{
    /// <returns>One decision for each identity provider that a binding of the user's service providers names.</returns>
    public IReadOnlyDictionary<string, BindingDecision> Decide(
        User user, IReadOnlyList<string> groups, ProvisioningConfiguration configuration, string operation)
    {
        var result = new Dictionary<string, BindingDecision>(StringComparer.Ordinal);
        foreach (var serviceProvider in user.ServiceProviders.Select(configuration.FindServiceProvider).OfType<ServiceProvider>())
        {
            foreach (var binding in serviceProvider.OutboundProvisioning)
            {
                if (configuration.FindIdentityProvider(binding.IdentityProvider) is not { } identityProvider)
                    continue;
                var decision = Decide(new AccessFacts(user, groups, serviceProvider, identityProvider, operation), binding);
                result[identityProvider.Name] = Stronger(decision, result.GetValueOrDefault(identityProvider.Name));
            }
        }

        return result;
    }

    // Whichever of them time changes first may turn the outcome.
    private static BindingDecision Stronger(BindingDecision one, BindingDecision? other) => other is null ? one
        : (Rank(one) > Rank(other) ? one : other) with { HoldsUntil = one.HoldsUntil < other.HoldsUntil ? one.HoldsUntil : other.HoldsUntil ?? one.HoldsUntil };

    // A grant beats a doubt, and a doubt beats a refusal: what cannot be decided must not take anything away.
    private static int Rank(BindingDecision decision) => decision.Assigned switch { true => 2, null => 1, false => 0 };

    private BindingDecision Decide(AccessFacts facts, Binding binding)
    {
        var (name, filter) = (facts.ServiceProvider.Name, facts.IdentityProvider.ProvisioningRoles);
        if (filter.Count > 0 && !facts.Roles.Concat(facts.Groups).Intersect(filter, StringComparer.OrdinalIgnoreCase).Any())
            return new BindingDecision(false, name, binding, $"has none of the provisioning roles '{string.Join("', '", filter)}'");
        if (!binding.Rules)
            return new BindingDecision(true, name, binding, "the binding asks no rules");

        var answer = decisions.Decide(facts);
        var verdict = answer.Verdict == Verdict.NotApplicable && facts.IdentityProvider.OnNotApplicable == NotApplicableMeaning.Permit
            ? Verdict.Permit
            : answer.Verdict;
        switch (verdict)
        {
            case Verdict.Permit when Obligations.Unfulfillable(answer) is { } obstacle:
                return new BindingDecision(false, name, binding, obstacle, answer);
            case Verdict.Permit:
                return new BindingDecision(true, name, binding, "the policies permit", answer, Obligations.AttributesOf(answer));
            case Verdict.Indeterminate:
                return new BindingDecision(null, name, binding, $"the policies could not decide: {answer.Reason}", answer);
            default:
                var reason = verdict == Verdict.Deny ? "the policies deny" : "no policy applies";
                return new BindingDecision(false, name, binding, reason, answer, Deprovision: Obligations.DeprovisionOf(answer));
        }
    }
}
