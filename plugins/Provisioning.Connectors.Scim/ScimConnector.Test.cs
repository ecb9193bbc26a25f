using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>What stands in the way of using the target.</summary>
internal sealed partial class ScimConnector
{
    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            var dialect = await _discovery.GetAsync(context, cancellationToken);
            // The service provider configuration is often public; a query proves the permissions too.
            if (await LookAsync(ResourceType.User, dialect, cancellationToken) is { } wrong)
                return wrong;
            return dialect.HasGroups ? await LookAsync(ResourceType.Group, dialect, cancellationToken) : null;
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

    private async Task<string?> LookAsync(ResourceType type, Dialect dialect, CancellationToken cancellationToken)
    {
        var path = ScimResources.Collection(type, dialect);
        try
        {
            var place = dialect.UsesCursors ? "cursor=" : "startIndex=1";
            var page = await _resources.QueryAsync($"{path}?{place}&count=1", searches: false, cancellationToken);
            return ScimResource.Total(page) is null && !dialect.UsesCursors
                ? $"what is at '{path}' is no SCIM listing: correct baseUrl"
                : null;
        }
        catch (ConnectorException failure) when (HttpFailure.HasStatus(failure, 404))
        {
            return type == ResourceType.User
                ? $"there is nothing at '{path}' ({failure.Message}): correct baseUrl"
                : $"there is nothing at '{path}' ({failure.Message}): set the switch groups to false if the target has none";
        }
    }
}
