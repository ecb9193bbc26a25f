namespace Provisioning.Connectors.Testing;

/// <summary>One promise of the connector contract.</summary>
/// <param name="Name">The name that <see cref="ConnectorConformance.RunAsync"/> takes.</param>
/// <param name="Needs">The capabilities without which the check is skipped.</param>
/// <param name="Body">The check; throws <see cref="ConformanceException"/>.</param>
public sealed record ConformanceCheck(string Name, IReadOnlyList<Type> Needs, Func<IConnector, ConformanceData, CancellationToken, Task> Body)
{
    /// <summary>Whether the connector can do what the check needs.</summary>
    public bool AppliesTo(IConnector connector) => Needs.All(need => need.IsInstanceOfType(connector));

    /// <inheritdoc />
    public override string ToString() => Name;
}
