namespace Provisioning.Xacml;

/// <summary>The answer to a request (XACML 3.0, 5.53). Extended Indeterminate values stay inside the engine.</summary>
public enum Decision
{
    /// <summary>Allowed.</summary>
    Permit,

    /// <summary>Refused.</summary>
    Deny,

    /// <summary>No policy has anything to say about the request.</summary>
    NotApplicable,

    /// <summary>The question could not be decided; the status says why.</summary>
    Indeterminate,
}
