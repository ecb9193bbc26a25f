using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11;

/// <summary>What stands in the way of using the target, and what it says its objects have.</summary>
internal sealed partial class Scim11Connector
{
    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (await LookAsync(ResourceType.User, cancellationToken) is { } wrong)
                return wrong;
            return settings.Groups ? await LookAsync(ResourceType.Group, cancellationToken) : null;
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Unauthorized && failure.TargetCode is not null)
        {
            return $"the target refuses the credentials, or what they may do: {failure.Message}";
        }
        catch (ConnectorException failure)
        {
            return failure.Message;
        }
    }

    public async Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(
        ResourceType type, OperationContext context, CancellationToken cancellationToken)
    {
        if (type == ResourceType.Group && !settings.Groups)
            return [];
        try
        {
            var schema = await QueryAsync($"Schemas/{Collection(type)}", cancellationToken);
            return [.. Descriptions.Read(schema)];
        }
        catch (ConnectorException refused) when (HttpFailure.HasStatus(refused, 404, 501))
        {
            throw new ConnectorException(FailureKind.Rejected, $"the target does not describe its schemas: {refused.Message}", refused);
        }
    }

    private async Task<string?> LookAsync(ResourceType type, CancellationToken cancellationToken)
    {
        var path = Collection(type);
        try
        {
            var page = await QueryAsync($"{path}?startIndex=1&count=1", cancellationToken);
            return ScimResource.Total(page) is null ? $"what is at '{path}' is no SCIM listing: correct baseUrl" : null;
        }
        catch (ConnectorException failure) when (HttpFailure.HasStatus(failure, 404))
        {
            return type == ResourceType.User
                ? $"there is nothing at '{path}' ({failure.Message}): correct baseUrl"
                : $"there is nothing at '{path}' ({failure.Message}): set groups to false if the target has none";
        }
    }
}
