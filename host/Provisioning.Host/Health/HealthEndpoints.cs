using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Provisioning.Host.Security;

namespace Provisioning.Host.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: whether the host can serve (503 if not), and whether the newest configuration and policies
/// are in force. Anybody may ask; what is wrong names files, identity providers and variables, so only the host's own token sees it.
/// </summary>
internal static class HealthEndpoints
{
    public const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<RunningCheck>("running").AddCheck<DatabaseCheck>("database").AddCheck<ContentCheck>("content").AddCheck<HistoryCheck>("history");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = (http, _) => http.Response.WriteAsync("live") }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    // The worst is named. Of the others, what they say is listed with it.
    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        var bad = report.Entries.Values.Where(x => x.Status != HealthStatus.Healthy).OrderBy(x => x.Status).ToList();
        var state = bad is [{ Description: { } worst }, ..] ? worst : Ready;
        var details = bad.SelectMany(x => x.Data.Values).Select(x => x.ToString());
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(http.User.IsInRole(AccessPolicies.Resident) && bad.Count > 0 ? $"{state}:\n{string.Join('\n', details)}" : state, http.RequestAborted);
    }
}
