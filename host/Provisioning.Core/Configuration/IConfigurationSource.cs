namespace Provisioning.Core.Configuration;

/// <summary>Where the running configuration comes from.</summary>
public interface IConfigurationSource
{
    ProvisioningConfiguration Current { get; }
}
