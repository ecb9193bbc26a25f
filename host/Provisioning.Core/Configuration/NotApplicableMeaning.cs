namespace Provisioning.Core.Configuration;

public enum NotApplicableMeaning
{
    Deny,
    Permit,
}
