using Provisioning.Core.Ledger;
using Provisioning.Scim;

namespace Provisioning.Core.Configuration;

/// <summary>A complete, validated configuration. Immutable; swapped whole.</summary>
public sealed class ProvisioningConfiguration
{
    public static readonly ProvisioningConfiguration Empty = new("empty", [], []);

    private readonly Dictionary<string, ServiceProvider> _serviceProviders;
    private readonly Dictionary<string, IdentityProvider> _identityProviders;

    public ProvisioningConfiguration(
        string revision, IEnumerable<ServiceProvider> serviceProviders, IEnumerable<IdentityProvider> identityProviders)
    {
        Revision = revision;
        _serviceProviders = serviceProviders.ToDictionary(x => x.Name, StringComparer.Ordinal);
        _identityProviders = identityProviders.ToDictionary(x => x.Name, StringComparer.Ordinal);
        Trusted = [.. _serviceProviders.Values.Where(x => x.Authority == AuthorityKind.Trusted).OrderBy(x => x.Precedence).ThenBy(x => x.Name, StringComparer.Ordinal)];
    }

    /// <summary>A hash of the content.</summary>
    public string Revision { get; }

    public IReadOnlyCollection<ServiceProvider> ServiceProviders => _serviceProviders.Values;

    /// <summary>The trusted service providers. Where two disagree, the first one is right.</summary>
    public IReadOnlyList<ServiceProvider> Trusted { get; }

    public IReadOnlyCollection<IdentityProvider> IdentityProviders => _identityProviders.Values;

    public RetentionSettings Retention { get; init; } = new();

    /// <summary>The schema extensions that users may have: the enterprise extension first.</summary>
    public IReadOnlyList<ResourceSchema> Extensions { get; init; } = [StandardSchemas.EnterpriseUser];

    public ServiceProvider? FindServiceProvider(string name) => _serviceProviders.GetValueOrDefault(name);

    public IdentityProvider? FindIdentityProvider(string name) => _identityProviders.GetValueOrDefault(name);
}
