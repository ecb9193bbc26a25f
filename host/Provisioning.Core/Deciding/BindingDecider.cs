using Provisioning.Core.Configuration;
using Provisioning.Core.Users;

namespace Provisioning.Core.Deciding;

/// <summary>
/// Stage 2: which identity providers should a user have an account at? Each binding of each service provider that knows the user is decided with what counts
/// for that service provider (<see cref="Authority"/>). An account stays while any of them grants it.
/// </summary>
public sealed class BindingDecider(IDecisionPoint decisions)
{
    /// <returns>The decisions for each identity provider that a binding of the user's service providers names.</returns>
    public IReadOnlyDictionary<string, AccountDecision> Decide(
        User user, IReadOnlyList<GroupReference> groups, ProvisioningConfiguration configuration, string operation)
    {
        ArgumentNullException.ThrowIfNull(user);
        var result = new Dictionary<string, List<BindingDecision>>(StringComparer.Ordinal);
        foreach (var registration in user.Registrations)
        {
            if (configuration.FindServiceProvider(registration.ServiceProvider) is not { OutboundProvisioning.Count: > 0 } serviceProvider)
                continue;
            var view = Authority.For(user, serviceProvider.Name, configuration);
            var counting = Authority.GroupsFor(groups, serviceProvider.Name, configuration);
            foreach (var binding in serviceProvider.OutboundProvisioning)
            {
                if (configuration.FindIdentityProvider(binding.IdentityProvider) is not { } identityProvider)
                    continue;
                var decision = Decide(new AccessFacts(view, counting, serviceProvider, identityProvider, operation), binding) with
                {
                    Active = view.Active,
                    IsSignInOnly = registration.Origin == RegistrationOrigin.SignedIn && !binding.Jit,
                };
                if (result.TryGetValue(identityProvider.Name, out var others))
                    others.Add(decision);
                else
                    result[identityProvider.Name] = [decision];
            }
        }

        return result.ToDictionary(x => x.Key, x => new AccountDecision(x.Value), StringComparer.Ordinal);
    }

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
