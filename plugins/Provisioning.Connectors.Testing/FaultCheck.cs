namespace Provisioning.Connectors.Testing;

/// <summary>One promise of the connector contract about a line that breaks.</summary>
/// <param name="Name">The name that <see cref="ConnectorConformance.RunAsync"/> takes.</param>
/// <param name="Needs">The capabilities without which the check is skipped.</param>
/// <param name="Body">The check; throws <see cref="ConformanceException"/>.</param>
public sealed record FaultCheck(
    string Name, IReadOnlyList<Type> Needs, Func<IConnector, FaultProxy, ConformanceData, CancellationToken, Task> Body);
