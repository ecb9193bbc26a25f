using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>What the target says its objects have.</summary>
internal sealed partial class ScimConnector
{
    public async Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(
        ResourceType type, OperationContext context, CancellationToken cancellationToken)
    {
        var dialect = await _discovery.GetAsync(context, cancellationToken);
        if (type == ResourceType.Group && !dialect.HasGroups)
            return [];
        try
        {
            var schemas = ScimResource.Listed(await _resources.QueryAsync("Schemas", searches: false, cancellationToken));
            var types = ScimResource.Listed(await _resources.QueryAsync("ResourceTypes", searches: false, cancellationToken));
            return [.. Descriptions.Read(type, types, schemas).Where(attribute => !dialect.Excluded.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase))];
        }
        catch (ConnectorException refused) when (HttpFailure.HasStatus(refused, 404, 501))
        {
            throw new ConnectorException(FailureKind.Rejected, $"the target does not describe its schemas: {refused.Message}", refused);
        }
    }
}
