namespace Provisioning.Xacml;

/// <summary>The answer of a policy decision point.</summary>
public enum Decision
{
    /// <summary>Access is granted.</summary>
    Permit,

    /// <summary>Access is refused.</summary>
    Deny,

    /// <summary>No policy speaks about the request.</summary>
    NotApplicable,

    /// <summary>The request could not be decided; the status says why.</summary>
    Indeterminate,
}
