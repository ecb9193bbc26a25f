using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>The addresses of one of Microsoft's clouds.</summary>
/// <param name="Graph">What objects are named by, in references too; ends with a slash.</param>
/// <param name="Login">The token service; ends with a slash.</param>
internal sealed record EntraCloud(Uri Graph, Uri Login)
{
    public static EntraCloud For(EntraSettings settings)
    {
        var (graph, login) = settings.Cloud switch
        {
            "global" => ("https://graph.microsoft.com", "https://login.microsoftonline.com"),
            "usGovernment" => ("https://graph.microsoft.us", "https://login.microsoftonline.us"),
            "usGovernmentDod" => ("https://dod-graph.microsoft.us", "https://login.microsoftonline.us"),
            "china" => ("https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn"),
            _ => throw new ConnectorException(
                FailureKind.Misconfigured, "cloud must be \"global\", \"usGovernment\", \"usGovernmentDod\" or \"china\""),
        };
        return new EntraCloud(Addresses.ParseBase(settings.GraphUrl ?? graph, "graphUrl"), Addresses.ParseBase(settings.LoginUrl ?? login, "loginUrl"));
    }

    /// <summary>The scope for what the application was granted.</summary>
    public string Scope => $"{Graph.GetLeftPart(UriPartial.Authority)}/.default";

    /// <summary>The name of an object in a reference.</summary>
    public string Reference(string id) => $"{Graph}v1.0/directoryObjects/{Addresses.Segment(id)}";
}
