namespace Provisioning.Connectors.Spml;

/// <summary>What stands in the way of using the target.</summary>
internal sealed partial class SpmlConnector
{
    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            var target = await client.TargetAsync(context, cancellationToken);
            if (target.Profile is { Length: > 0 } announced && announced != profile.Id)
                return $"the target has the profile '{announced}', but the settings say '{settings.Profile}': correct profile";
            if (!target.Has(SpmlTarget.Search))
                return "the target has no search capability, so that accounts cannot be found";
            if (!target.Has(SpmlTarget.Suspend) && settings.Enabled is null)
                return "the target has no suspend capability: set 'enabled' to the attribute it uses instead";
            if (settings.Group is { MemberReference: not null } && !target.Has(SpmlTarget.References))
                return "the target has no reference capability: set 'memberAttribute' instead of 'memberReference'";
            // Permissions are proven by a search that finds nothing.
            await _search.AllAsync(settings.User, settings.User.Name, "no-such-account", context, cancellationToken).CountAsync(cancellationToken);
            return null;
        }
        catch (ConnectorException failure)
        {
            return failure.Message;
        }
    }
}
