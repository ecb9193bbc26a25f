namespace Provisioning.Connectors.Spml;

/// <summary>What the target says its objects have.</summary>
internal sealed partial class SpmlConnector
{
    public async Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(
        ResourceType type, OperationContext context, CancellationToken cancellationToken)
    {
        if (type == ResourceType.Group && settings.Group is null)
            return [];
        var target = await client.DescribedTargetAsync(context, cancellationToken);
        return target.Schema is { } schema ? [.. profile.Schema(Kind(type), schema).DistinctBy(attribute => attribute.Name)] : [];
    }
}
