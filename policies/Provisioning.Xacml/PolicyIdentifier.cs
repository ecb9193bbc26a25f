namespace Provisioning.Xacml;

/// <summary>Names a policy or policy set that the engine knows.</summary>
/// <param name="Id">PolicyId or PolicySetId.</param>
/// <param name="Version">Its version.</param>
/// <param name="IsPolicySet">Whether it is a policy set.</param>
/// <param name="File">The source it was read from.</param>
/// <param name="Line">The line it starts on.</param>
public sealed record PolicyIdentifier(string Id, string Version, bool IsPolicySet, string? File = null, int Line = 0);
