namespace Provisioning.Connectors.Testing;

/// <summary>One promise of the connector contract about an answer over HTTP that is no good.</summary>
public sealed class HttpCheck
{
    internal HttpCheck(HttpFault fault, HttpOperation operation) => (Fault, Operation) = (fault, operation);

    /// <summary>The name that <see cref="ConnectorConformance.RunAsync"/> takes.</summary>
    public string Name => $"http-{Fault.Name}-{Operation.Name}";

    /// <summary>The capabilities without which the check is skipped.</summary>
    public IReadOnlyList<Type> Needs => Operation.Needs;

    internal HttpFault Fault { get; }

    internal HttpOperation Operation { get; }

    /// <inheritdoc />
    public override string ToString() => Name;
}
