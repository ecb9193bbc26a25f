using Provisioning.Host.Configuration;
using Provisioning.Storage;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary>
/// Remembers in the database that there were policies and service providers. A folder that is empty at the next start (not mounted, a wrong
/// path) is then a fault, and takes nobody's access away.
/// </summary>
internal sealed class KnownContent(ISettingsStore settings, PolicyFolder policies, ConfigurationFolder configuration)
{
    private const string Policies = "known-policies";
    private const string ServiceProviders = "known-service-providers";
    private const string Yes = "yes";

    private bool _policies;
    private bool _serviceProviders;

    /// <summary>At the start. Without policies nothing is decided until they are back; a configuration is needed.</summary>
    /// <exception cref="ConfigurationException">There were service providers, and there are none.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        _policies = await settings.GetAsync(Policies, cancellationToken) is not null;
        _serviceProviders = await settings.GetAsync(ServiceProviders, cancellationToken) is not null;
        if (_policies)
            policies.ExpectPolicies();
        if (_serviceProviders)
            configuration.ExpectServiceProviders();
    }

    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        if (!_policies && policies.Current.PolicyCount > 0)
        {
            await settings.SetAsync(Policies, Yes, cancellationToken);
            _policies = true;
        }

        if (!_serviceProviders && configuration.HasServiceProviders)
        {
            await settings.SetAsync(ServiceProviders, Yes, cancellationToken);
            _serviceProviders = true;
        }
    }
}
