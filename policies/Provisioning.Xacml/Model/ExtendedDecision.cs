namespace Provisioning.Xacml;

/// <summary>A decision with the extended Indeterminate values, which say what it could have been (XACML 3.0 core, 7.10).</summary>
public enum ExtendedDecision
{
    /// <summary>Nothing here speaks about the request.</summary>
    NotApplicable,

    /// <summary>Access is granted.</summary>
    Permit,

    /// <summary>Access is refused.</summary>
    Deny,

    /// <summary>Not decided; it could have been Permit, but not Deny.</summary>
    IndeterminateP,

    /// <summary>Not decided; it could have been Deny, but not Permit.</summary>
    IndeterminateD,

    /// <summary>Not decided; it could have been either.</summary>
    IndeterminateDP,
}
