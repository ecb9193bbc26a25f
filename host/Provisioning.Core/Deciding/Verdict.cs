namespace Provisioning.Core.Deciding;

public enum Verdict
{
    Permit,
    Deny,
    NotApplicable,
    Indeterminate,
}
