using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Xacml;

namespace Provisioning.Host.Inbound;

/// <summary>
/// <c>/health/ready</c>: whether the host can serve, and whether the newest configuration and policies are in force. Anybody may ask; what is
/// wrong names files, identity providers and variables, so only the host's own token sees it.
/// </summary>
internal static class ReadyEndpoint
{
    public const string Ready = "ready";
    public const string LastGood = "ready with the last good state";
    public const string Warned = "ready, with a warning";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/health/ready", Answer);

    private static IResult Answer(
        HttpRequest request, StartGate gate, DatabaseState database, DatabaseHistory history, ConfigurationFolder configuration, PolicyFolder policies)
    {
        if (!gate.IsOpen)
            return Results.Text("starting", statusCode: 503);
        if (database.Problem is { } away)
            return Say("not ready", [away], 503);
        var problems = configuration.Problems.Select(x => x.ToString()).Concat(policies.Problems.Select(x => x.ToString())).ToList();
        if (problems.Count > 0)
            return Say(LastGood, problems);
        return history.Problem is { } older ? Say(Warned, [older]) : Results.Text(Ready);

        IResult Say(string state, IEnumerable<string> details, int status = 200) => Results.Text(
            Caller.Authenticate(request, configuration) is { IsResident: true } ? $"{state}:\n{string.Join('\n', details)}" : state, statusCode: status);
    }
}
