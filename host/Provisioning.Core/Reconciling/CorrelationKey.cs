namespace Provisioning.Core.Reconciling;

/// <summary>What identifies a user in our store.</summary>
public enum CorrelationKey
{
    UserName,
    ExternalId,
    Id,
}
