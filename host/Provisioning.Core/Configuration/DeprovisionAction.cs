namespace Provisioning.Core.Configuration;

public enum DeprovisionAction
{
    Disable,
    Delete,
    Keep,
}
