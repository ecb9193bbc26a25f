using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Provisioning.Host.Inbound;

/// <summary><c>POST /scim/v2/Bulk</c> (RFC 7644, section 3.7).</summary>
internal static class BulkEndpoint
{
    public const int MaxOperations = 1000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/scim/v2/Bulk", RunAsync).AddEndpointFilter<LargeBodies>();

    private static async Task<IResult> RunAsync(HttpContext http, BulkRunner runner, CancellationToken cancellationToken)
    {
        var request = BulkRequest.Read(await ScimBody.ReadAsync(http.Request, cancellationToken));
        return ScimResults.Json(await runner.RunAsync(request, Caller.Of(http), UserEndpoints.BaseUrl(http), cancellationToken));
    }
}
