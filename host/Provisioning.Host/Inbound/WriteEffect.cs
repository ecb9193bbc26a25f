namespace Provisioning.Host.Inbound;

/// <summary>What importing one user comes to.</summary>
internal enum WriteEffect
{
    Unchanged,
    Changed,
    Added,
}
