namespace Provisioning.Connectors;

/// <summary>What the host gives a connector at its creation.</summary>
/// <param name="IdentityProvider">The name of the identity provider it serves.</param>
/// <param name="BaseDirectory">Relative file settings are resolved against this folder.</param>
/// <param name="Time">The clock. The wall clock is not to be read otherwise.</param>
public sealed record ConnectorContext(string IdentityProvider, string BaseDirectory, TimeProvider Time);
