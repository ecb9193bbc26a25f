namespace Provisioning.Xacml;

/// <summary>A decision with the extended Indeterminate values: what it could have been.</summary>
internal enum Outcome
{
    NotApplicable,
    Permit,
    Deny,
    IndeterminateP,
    IndeterminateD,
    IndeterminateDP,
}
