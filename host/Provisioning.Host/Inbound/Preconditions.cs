using Microsoft.AspNetCore.Http;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Versions: what a caller has seen, and what to do when two write at once (RFC 7644, section 3.14).</summary>
internal static class Preconditions
{
    /// <summary>The versions that the caller insists on; null if it insists on none.</summary>
    public static string? Expected(HttpContext http) => http.Request.Headers.IfMatch is { Count: > 0 } expected ? expected.ToString() : null;

    /// <exception cref="ScimException">412 when the caller has seen another version.</exception>
    public static void Check(string? expected, long version)
    {
        if (expected is not null && !Lists(expected, version))
            throw new ScimException(412, null, $"the version is {ScimUser.ETag(version)}, not {expected}; read it again");
    }

    /// <summary>The caller has this version already.</summary>
    public static bool IsCurrent(HttpContext http, long version) =>
        http.Request.Headers.IfNoneMatch is { Count: > 0 } known && Lists(known.ToString(), version);

    /// <summary>Reads, checks and writes again when somebody else wrote in between.</summary>
    public static Task<T> WriteAsync<T>(Func<Task<T>> readAndWrite, CancellationToken cancellationToken) =>
        Overlap.WriteAsync(readAndWrite, exception => exception is VersionConflictException, cancellationToken);

    private static bool Lists(string header, long version) => header == "*"
        || header.Split(',', StringSplitOptions.TrimEntries).Contains(ScimUser.ETag(version), StringComparer.Ordinal);
}
