namespace Provisioning.Xacml;

/// <summary>A policy or policy set that is in force.</summary>
/// <param name="Id">The identifier.</param>
/// <param name="Version">The version.</param>
/// <param name="IsSet">Whether it is a policy set.</param>
/// <param name="File">The source it stands in.</param>
/// <param name="Line">The line it starts on.</param>
public sealed record LoadedPolicy(string Id, string Version, bool IsSet, string File, int Line)
{
    internal static LoadedPolicy Of(PolicyNode policy) =>
        new(policy.Identifier.Id, policy.Identifier.Version, policy.Identifier.IsSet, policy.Place.File, policy.Place.Line);
}
