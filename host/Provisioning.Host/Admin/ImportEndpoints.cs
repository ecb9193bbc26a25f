using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Host.Api;
using Provisioning.Host.Configuration;
using Provisioning.Host.Imports;
using Provisioning.Host.Inbound;
using Provisioning.Scim;

namespace Provisioning.Host.Admin;

/// <summary>Imports for a service provider: <c>/api/admin/service-providers/{name}/…</c>.</summary>
internal static class ImportEndpoints
{
    private const int MaxBytes = 16 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapPost("/service-providers/{name}/imports", ImportAsync);
        admin.MapPost("/service-providers/{name}/users/{id}/missing", RemoveAsync);
        admin.MapGet("/service-providers/{name}/users", ListAsync);
    }

    private static async Task<IResult> ImportAsync(
        string name, HttpContext http, ImportBatch batch, ConfigurationFolder configuration, CancellationToken cancellationToken)
    {
        var provider = Find(name, configuration);
        var body = await ScimBody.ReadAsync(http.Request, cancellationToken, MaxBytes);
        if (ScimAttributes.Find(body, "users") is not JsonArray { Count: <= ImportBatch.MaxUsers } users)
            throw new RequestException(400, $"'users' must be a list of at most {ImportBatch.MaxUsers} users");
        var dryRun = ScimAttributes.Find(body, "dryRun") switch
        {
            null => false,
            JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
            var other => throw new RequestException(400, $"'dryRun' is {other.ToJsonString()}; it must be true or false"),
        };
        return AdminEndpoints.Json(await batch.RunAsync(users, provider, dryRun, cancellationToken));
    }

    private static async Task<IResult> ListAsync(
        string name, string? after, int? max, MissingUsers missing, ConfigurationFolder configuration, CancellationToken cancellationToken) =>
        AdminEndpoints.Json(await missing.ListAsync(Find(name, configuration).Name, after, Math.Clamp(max ?? 500, 1, 1000), cancellationToken));

    private static async Task<IResult> RemoveAsync(
        string name, string id, string? action, MissingUsers missing, ConfigurationFolder configuration, CancellationToken cancellationToken)
    {
        if (action is not ("deactivate" or "delete"))
            throw new RequestException(400, $"'action' is '{action}'; it must be deactivate or delete");
        return AdminEndpoints.Json(new JsonObject { ["done"] = await missing.RemoveAsync(id, Find(name, configuration), action == "delete", cancellationToken) });
    }

    private static ServiceProvider Find(string name, ConfigurationFolder configuration) =>
        configuration.Current.FindServiceProvider(name) ?? throw new RequestException(404, $"there is no service provider '{name}'");
}
