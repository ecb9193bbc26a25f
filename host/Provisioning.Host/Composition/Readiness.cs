using Microsoft.AspNetCore.Http;
using Provisioning.Host.Configuration;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary><c>/health/ready</c>: whether the host can serve, and what an operator should look at.</summary>
internal static class Readiness
{
    public static IResult Answer(StartGate gate, DatabaseState database, DatabaseHistory history, ConfigurationFolder configuration, PolicyFolder policies)
    {
        if (!gate.IsOpen)
            return Results.Text("starting", statusCode: 503);
        if (database.Problem is { } away)
            return Results.Text($"not ready: {away}", statusCode: 503);
        var problems = configuration.Problems.Select(x => x.ToString()).Concat(policies.Problems.Select(x => x.ToString())).ToList();
        if (problems.Count > 0)
            return Results.Text("ready with the last good state:\n" + string.Join("\n", problems));
        return Results.Text(history.Problem is { } older ? $"ready, but {older}" : "ready");
    }
}
