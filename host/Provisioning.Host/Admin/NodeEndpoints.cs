using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Storage;

namespace Provisioning.Host.Admin;

/// <summary><c>/api/admin/nodes</c>: the hosts on the database.</summary>
internal static class NodeEndpoints
{
    public static void Map(IEndpointRouteBuilder admin) => admin.MapGet("/nodes", ListAsync);

    private static async Task<IResult> ListAsync(INodeRegistry nodes, CancellationToken cancellationToken)
    {
        var all = await nodes.ListAsync(cancellationToken);
        return Results.Text(new JsonArray([.. all.Select(Json)]).ToJsonString(), "application/json");
    }

    private static JsonObject Json(NodeStatus status) => new()
    {
        ["name"] = status.Node.Name,
        ["state"] = status.Alive ? "alive" : $"not heard of for {status.LastBeat.TotalSeconds:0} s",
        ["version"] = status.Node.Version,
        ["configuration"] = status.Node.ConfigurationRevision,
        ["policies"] = status.Node.PolicyRevision,
        ["started"] = status.Node.Started.ToString("O", CultureInfo.InvariantCulture),
    };
}
