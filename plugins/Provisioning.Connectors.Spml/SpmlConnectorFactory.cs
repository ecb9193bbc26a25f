using System.Xml.Linq;
using Provisioning.Http;

namespace Provisioning.Connectors.Spml;

/// <summary>Makes connectors to SPML 2.0 targets.</summary>
public sealed class SpmlConnectorFactory : ConnectorFactory<SpmlSettings>
{
    /// <inheritdoc />
    public override string Name => "spml";

    /// <inheritdoc />
    protected override IConnector Create(SpmlSettings settings, ConnectorContext context)
    {
        var problems = Problems(settings).ToList();
        if (problems.Count > 0)
            throw new ConnectorException(FailureKind.Misconfigured, string.Join("; ", problems));
        var address = Addresses.Parse(settings.Url, "url");
        IDataProfile profile = settings.Profile == "xsd"
            ? new XsdProfile(XNamespace.Get(settings.Namespace!))
            : new DsmlProfile(settings.ModificationsInData);
        var http = new HttpTransport(
            new HttpWire(settings.Connection, settings.Timeout, context), address, settings.Authentication, context.Time);
        return new SpmlConnector(settings, profile, new SpmlClient(settings, new SpmlTransport(settings, http), context.Time));
    }

    private static IEnumerable<string> Problems(SpmlSettings settings)
    {
        if (settings.Profile is not ("dsml" or "xsd"))
            yield return "profile must be \"dsml\" or \"xsd\"";
        if (settings.Profile == "xsd" && string.IsNullOrEmpty(settings.Namespace))
            yield return "the xsd profile needs a namespace";
        if (settings.PageSize < 1 || settings.MemberBatch < 1)
            yield return "pageSize and memberBatch must be at least 1";
        if (settings.PendingTimeout <= TimeSpan.Zero || settings.PollInterval <= TimeSpan.Zero)
            yield return "pendingTimeout and pollInterval must be positive";
        if (!IsComplete(settings.User))
            yield return "user needs a class and a name";
        if (settings.Group is not null && !IsComplete(settings.Group))
            yield return "group needs a class and a name";
        if (settings.Group is { } group && group.MemberAttribute is null == group.MemberReference is null)
            yield return "group needs either a memberAttribute or a memberReference";
    }

    private static bool IsComplete(SpmlObjectSettings kind) => kind.Class.Length > 0 && kind.Name.Length > 0;
}
