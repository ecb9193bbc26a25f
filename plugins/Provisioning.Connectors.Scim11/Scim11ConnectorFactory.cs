namespace Provisioning.Connectors.Scim11;

/// <summary>Makes connectors to SCIM 1.1 targets.</summary>
public sealed class Scim11ConnectorFactory : ConnectorFactory<Scim11Settings>
{
    /// <inheritdoc />
    public override string Name => "scim11";

    /// <inheritdoc />
    protected override IConnector Create(Scim11Settings settings, ConnectorContext context)
    {
        if (settings.Update is not ("auto" or "patch" or "put"))
            throw new ConnectorException(FailureKind.Misconfigured, $"update is '{settings.Update}'; it can be 'auto', 'patch' or 'put'");
        if (settings.MemberBatch < 1 || settings.PageSize < 1)
            throw new ConnectorException(FailureKind.Misconfigured, "memberBatch and pageSize must be at least 1");
        return new Scim11Connector(settings, Scim11Transport.Create(settings, context), context.Time);
    }
}
