namespace Provisioning.Connectors.Scim;

/// <summary>Makes connectors to SCIM 2.0 targets.</summary>
public sealed class ScimConnectorFactory : ConnectorFactory<ScimSettings>
{
    /// <inheritdoc />
    public override string Name => "scim2";

    /// <inheritdoc />
    protected override IConnector Create(ScimSettings settings, ConnectorContext context)
    {
        if (settings.UpdateMethod is not ("patch" or "put"))
            throw new ConnectorException(FailureKind.Rejected, "updateMethod must be \"patch\" or \"put\"");
        if (settings.MemberBatch < 1)
            throw new ConnectorException(FailureKind.Rejected, "memberBatch must be at least 1");
        return new ScimConnector(settings, ScimTransport.Create(settings, context));
    }
}
