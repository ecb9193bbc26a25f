using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Host.Configuration;
using Provisioning.Xacml;

namespace Provisioning.Host.Inbound;

/// <summary>
/// <c>/health/ready</c>: whether the newest configuration and policies are in force. Anybody may ask; what is wrong names files, identity providers and
/// variables, so only the host's own token sees it.
/// </summary>
internal static class ReadyEndpoint
{
    public const string Ready = "ready";
    public const string LastGood = "ready with the last good state";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/health/ready", Answer);

    private static IResult Answer(HttpRequest request, ConfigurationFolder configuration, PolicyFolder policies)
    {
        var problems = configuration.Problems.Select(x => x.ToString()).Concat(policies.Problems.Select(x => x.ToString())).ToList();
        if (problems.Count == 0)
            return Results.Text(Ready);
        return Results.Text(Caller.Authenticate(request, configuration) is { IsResident: true }
            ? $"{LastGood}:\n{string.Join('\n', problems)}"
            : LastGood);
    }
}
