using Microsoft.AspNetCore.Http;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Scim;
using Provisioning.Storage;

namespace Provisioning.Host.Inbound;

/// <summary>A failure as callers are told of it (RFC 7644, section 3.12).</summary>
/// <param name="IsOurs">The host itself failed, and its log has to say so.</param>
internal sealed record ScimFault(int Status, string? ScimType, string Detail, bool IsOurs = false)
{
    public static ScimFault Of(Exception exception) => exception switch
    {
        ScimException scim => new(scim.Status, scim.ScimType, scim.Message),
        DuplicateNameException duplicate => new(409, "uniqueness", duplicate.Message),
        UnknownMemberException member => new(400, "invalidValue", member.Message),
        VersionConflictException conflict => new(412, null, conflict.Message),
        BadHttpRequestException bad => new(bad.StatusCode, null, bad.StatusCode == 413 ? $"the body is larger than {ScimBody.MaxBytes} bytes" : bad.Message),
        DatabaseUnavailableException unavailable => new(503, null, unavailable.Message, IsOurs: true),
        _ => new(500, null, "the request failed; the host's log says why", IsOurs: true),
    };
}
