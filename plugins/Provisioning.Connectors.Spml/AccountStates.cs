using System.Xml.Linq;

namespace Provisioning.Connectors.Spml;

/// <summary>Reads and sets whether accounts are active, by the suspend capability.</summary>
internal sealed class AccountStates(SpmlSettings settings, SpmlClient client)
{
    private readonly SpmlRequests _requests = new(settings);

    /// <summary>The states of those accounts for which the target tells one.</summary>
    public async Task<IReadOnlyDictionary<string, bool>> GetAsync(
        IReadOnlyList<string> ids, OperationContext context, CancellationToken cancellationToken)
    {
        var states = new Dictionary<string, bool>();
        var target = await client.TargetAsync(context, cancellationToken);
        if (!target.Has(SpmlTarget.Suspend))
            return states;
        var responses = await client.SendEachAsync([.. ids.Select(_requests.Active)], context, cancellationToken);
        foreach (var (id, response) in ids.Zip(responses))
        {
            if (response is not null && Active(response) is { } active)
                states[id] = active;
        }

        return states;
    }

    public async Task SetAsync(string id, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        var target = await client.TargetAsync(context, cancellationToken);
        if (!target.Has(SpmlTarget.Suspend))
            throw new ConnectorException(FailureKind.Rejected, "the target has no suspend capability: set 'enabled' to the attribute it uses instead");
        try
        {
            await client.SendAsync(_requests.SetActive(id, enabled), context, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind is FailureKind.Rejected or FailureKind.Conflict
            || failure.TargetCode == "customError")
        {
            // Some targets refuse to suspend what is suspended.
            if (Active(await client.SendAsync(_requests.Active(id), context, cancellationToken)) != enabled)
                throw;
        }
    }

    private static bool? Active(XElement response) => (string?)response.Attribute("active") switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };
}
