namespace Provisioning.Connectors;

/// <summary>Tells which attributes a mapping can write. Failures are <see cref="ConnectorException"/>s.</summary>
public interface IDescribeSchema
{
    /// <summary>The attributes of a kind of object, as the target or its description tells them; empty when it has no such objects.</summary>
    Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken);
}
