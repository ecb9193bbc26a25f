namespace Provisioning.Xacml;

/// <summary>Names one policy or policy set.</summary>
/// <param name="Id">The identifier.</param>
/// <param name="Version">The version.</param>
public sealed record PolicyIdentifier(string Id, string Version)
{
    /// <summary>Whether this names a policy set.</summary>
    public bool IsSet { get; init; }
}
