namespace Provisioning.Xacml.Testing;

/// <summary>How a case went.</summary>
public enum Verdict
{
    /// <summary>As asked.</summary>
    Passed,

    /// <summary>Not as asked.</summary>
    Failed,

    /// <summary>The case needs something that the engine or this runner does not have.</summary>
    Unsupported,
}
