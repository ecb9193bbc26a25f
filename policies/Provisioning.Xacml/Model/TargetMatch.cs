namespace Provisioning.Xacml;

/// <summary>Whether a target matches a request.</summary>
public enum TargetMatch
{
    /// <summary>It does not.</summary>
    NoMatch,

    /// <summary>It does.</summary>
    Match,

    /// <summary>An error leaves it open.</summary>
    Indeterminate,
}
