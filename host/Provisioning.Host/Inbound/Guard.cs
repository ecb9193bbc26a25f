using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Host.Configuration;
using Provisioning.Scim;
using Provisioning.Storage;

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
        switch (exception)
        {
            case ScimException scim:
                return ScimResults.Error(scim.Status, scim.ScimType, scim.Message);
            case DuplicateNameException duplicate:
                return ScimResults.Error(409, "uniqueness", duplicate.Message);
            case UnknownMemberException member:
                return ScimResults.Error(400, "invalidValue", member.Message);
            case VersionConflictException conflict:
                return ScimResults.Error(412, null, conflict.Message);
            case BadHttpRequestException bad:
                return ScimResults.Error(bad.StatusCode, null, bad.StatusCode == 413 ? $"the body is larger than {ScimBody.MaxBytes} bytes" : bad.Message);
            case DatabaseUnavailableException unavailable:
                LogFailed(exception);
                return ScimResults.Error(503, null, unavailable.Message);
            default:
                LogFailed(exception);
                return ScimResults.Error(500, null, "the request failed; the host's log says why");
        }
    }

    [LoggerMessage(4001, LogLevel.Error, "a request failed")]
    private partial void LogFailed(Exception exception);
}
