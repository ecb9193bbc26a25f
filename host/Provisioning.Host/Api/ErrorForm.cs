using Microsoft.AspNetCore.Http;
using Provisioning.Host.Inbound;

namespace Provisioning.Host.Api;

/// <summary>The form that errors have, by what was asked: that of SCIM, plain text for those who ask the policies, and ProblemDetails (RFC 9457) for all else.</summary>
internal static class ErrorForm
{
    public static Task WriteAsync(HttpContext http, RequestFault fault)
    {
        // A body belongs to no HEAD.
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = fault.Status;
            return Task.CompletedTask;
        }

        return Of(http.Request.Path, fault).ExecuteAsync(http);
    }

    /// <summary>A problem; where a SCIM user was sent, with SCIM's own word for what is wrong with it as a member "scimType".</summary>
    public static IResult Problem(int status, string detail, string? scimType = null) =>
        Results.Problem(detail, statusCode: status, extensions: scimType is null ? null : [new("scimType", scimType)]);

    private static IResult Of(PathString path, RequestFault fault)
    {
        if (path.StartsWithSegments("/scim"))
            return ScimResults.Error(fault.Status, fault.ScimType, fault.Detail);

        // AuthZEN 1.0, section 10.1.2: "an error message string". The REST profile of XACML asks for no body.
        return path.StartsWithSegments("/access") || path.StartsWithSegments("/authorization")
            ? Results.Text(fault.Detail, "text/plain; charset=utf-8", statusCode: fault.Status)
            : Problem(fault.Status, fault.Detail, fault.ScimType);
    }
}
