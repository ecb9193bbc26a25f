namespace Provisioning.Xacml;

/// <summary>Identifiers of the policy-combining algorithms that a folder's root can use (XACML 3.0, appendix C).</summary>
public static class CombiningAlgorithms
{
    private const string V3 = "urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:";
    private const string V1 = "urn:oasis:names:tc:xacml:1.0:policy-combining-algorithm:";

    /// <summary>One Deny decides.</summary>
    public const string PolicyDenyOverrides = V3 + "deny-overrides";

    /// <summary>One Permit decides.</summary>
    public const string PolicyPermitOverrides = V3 + "permit-overrides";

    /// <summary>Permit when somebody permits, otherwise Deny.</summary>
    public const string PolicyDenyUnlessPermit = V3 + "deny-unless-permit";

    /// <summary>Deny when somebody denies, otherwise Permit.</summary>
    public const string PolicyPermitUnlessDeny = V3 + "permit-unless-deny";

    /// <summary>The first applicable policy decides.</summary>
    public const string PolicyFirstApplicable = V1 + "first-applicable";

    /// <summary>Exactly one policy may apply.</summary>
    public const string PolicyOnlyOneApplicable = V1 + "only-one-applicable";
}
