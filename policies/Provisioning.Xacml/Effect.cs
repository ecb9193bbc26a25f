namespace Provisioning.Xacml;

/// <summary>What a rule says when it applies (XACML 3.0, 5.31).</summary>
public enum Effect
{
    /// <summary>Allow.</summary>
    Permit,

    /// <summary>Refuse.</summary>
    Deny,
}
