using System.CommandLine;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning nodes</c>.</summary>
internal static class NodesCommand
{
    private static readonly string[] Columns = ["name", "state", "version", "configuration", "policies", "started"];

    public static Command Build(Option<string> data)
    {
        var command = new Command("nodes", "Lists the hosts on the database, and what each runs with.") { data };
        command.SetAction((result, ct) => CommandLine.GuardAsync(async () =>
        {
            using var client = HostClient.Open(result.GetValue(data)!);
            Print((await client.SendAsync(HttpMethod.Get, "/api/admin/nodes", null, ct))!.AsArray());
        }));
        return command;
    }

    private static void Print(JsonArray nodes) =>
        Output.Rows(nodes, "no host has been heard of", [.. Columns.Select(x => (x, x))]);
}
