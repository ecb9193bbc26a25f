using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Inbound;

/// <summary>Around every endpoint: authentication first, failures as SCIM errors last.</summary>
internal sealed partial class Guard(ConfigurationFolder configuration, MemoryGates gates, ILogger<Guard> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (Caller.Authenticate(http.Request, configuration) is not { } caller)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return ScimResults.Error(401, null, "a valid bearer token of a service provider is required");
        }

        if (http.Request.Path.StartsWithSegments("/api/admin") && !caller.IsResident)
            return ScimResults.Error(403, null, "this needs the host's own token");

        http.Items[nameof(Caller)] = caller;
        try
        {
            using var place = await gates.EnterAsync(caller, http.Request, http.RequestAborted);
            return await next(context);
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            return ToError(exception);
        }
    }

    private IResult ToError(Exception exception)
    {
        var fault = ScimFault.Of(exception);
        if (fault.IsOurs)
            LogFailed(exception);
        return ScimResults.Error(fault.Status, fault.ScimType, fault.Detail);
    }

    [LoggerMessage(4001, LogLevel.Error, "a request failed")]
    private partial void LogFailed(Exception exception);
}
