using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Xacml;

namespace Provisioning.Host.Admin;

/// <summary>What is hardly meant in the policies in force, also as to the names of the configuration in force.</summary>
internal sealed class PolicyWarnings(PolicyFolder policies, IConfigurationSource configuration)
{
    private readonly Lock _lock = new();
    private (PolicyDecisionPoint Policies, ProvisioningConfiguration Configuration, IReadOnlyList<PolicyProblem> Warnings)? _examined;

    public IReadOnlyList<PolicyProblem> Current
    {
        get
        {
            lock (_lock)
            {
                var (policiesNow, configurationNow) = (policies.Current, configuration.Current);
                if (_examined is not { } known || known.Policies != policiesNow || known.Configuration != configurationNow)
                    _examined = known = (policiesNow, configurationNow, Examine(policiesNow, configurationNow));
                return known.Warnings;
            }
        }
    }

    private static IReadOnlyList<PolicyProblem> Examine(PolicyDecisionPoint policies, ProvisioningConfiguration configuration) => PolicyCheck.Examine(
        policies, HostAttributes.CatalogOf(configuration.ServiceProviders.Select(x => x.Name), configuration.IdentityProviders.Select(x => x.Name), configuration.Extensions));
}
