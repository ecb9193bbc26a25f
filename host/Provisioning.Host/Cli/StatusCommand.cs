using System.CommandLine;
using System.Text.Json;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning status</c>.</summary>
internal static class StatusCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Build(Option<string> data)
    {
        var command = new Command("status", "Shows revisions, problems, plugins and counts of the running host.") { data };
        command.SetAction((result, ct) => CommandLine.GuardAsync(async () =>
        {
            using var client = HostClient.Open(result.GetValue(data)!);
            Console.WriteLine((await client.SendAsync(HttpMethod.Get, "/api/admin/status", null, ct))!.ToJsonString(Indented));
        }));
        return command;
    }
}
