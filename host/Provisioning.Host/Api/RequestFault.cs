using Microsoft.AspNetCore.Http;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Host.Inbound;
using Provisioning.Scim;
using Provisioning.Storage;

namespace Provisioning.Host.Api;

/// <summary>A failure as callers are told of it.</summary>
/// <param name="ScimType">The keyword of RFC 7644, table 9; null where there is none.</param>
/// <param name="IsOurs">The host itself failed, and its log has to say so.</param>
internal sealed record RequestFault(int Status, string? ScimType, string Detail, bool IsOurs = false)
{
    public static RequestFault Of(Exception exception) => exception switch
    {
        ScimException scim => new(scim.Status, scim.ScimType, scim.Message),
        RequestException request => new(request.Status, null, request.Message),
        DuplicateNameException duplicate => new(409, "uniqueness", duplicate.Message),
        UnknownMemberException member => new(400, "invalidValue", member.Message),
        NestingException nesting => new(400, "invalidValue", nesting.Message),
        VersionConflictException conflict => new(412, null, conflict.Message),
        BadHttpRequestException bad => new(bad.StatusCode, null, bad.StatusCode == 413 ? $"the body is larger than {ScimBody.MaxBytes} bytes" : bad.Message),
        DatabaseUnavailableException unavailable => new(503, null, unavailable.Message, IsOurs: true),
        _ => new(500, null, "the request failed; the host's log says why", IsOurs: true),
    };

    /// <summary>What an answer without a body means.</summary>
    public static RequestFault Of(HttpContext http, int status) => new(status, null, status switch
    {
        401 => "a valid bearer token of a service provider is required",
        403 => "this needs the host's own token",
        404 => $"there is no '{http.Request.Path}' here",
        405 => $"{http.Request.Method} is not possible at '{http.Request.Path}'",
        415 => $"the body is '{http.Request.ContentType}', which is not read here",
        429 => "there were too many requests; wait, and try again",
        _ => $"the request was refused with status {status}",
    });
}
