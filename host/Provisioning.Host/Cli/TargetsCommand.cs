using System.CommandLine;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning idps list | pause | resume | reconcile | reconciliations</c>.</summary>
internal static class TargetsCommand
{
    private static readonly string[] Columns = ["name", "connector", "state", "until", "pending", "parked", "reason"];

    public static Command Build(Option<string> data)
    {
        var name = new Argument<string>("name") { Description = "Name of an identity provider." };
        var reason = new Option<string?>("--reason") { Description = "Why, for those who come after." };
        var list = new Command("list", "Lists identity providers: open, or left alone until when and why.") { data };
        list.SetAction((result, ct) => With(result.GetValue(data)!, async client =>
            Print((await client.SendAsync(HttpMethod.Get, "/api/admin/identity-providers", null, ct))!.AsArray())));
        var pause = new Command("pause", "Leaves an identity provider alone until it is resumed. Its work waits.") { name, reason, data };
        pause.SetAction((result, ct) => With(result.GetValue(data)!, async client =>
        {
            var why = result.GetValue(reason) is { } text ? "?reason=" + Uri.EscapeDataString(text) : "";
            await client.SendAsync(HttpMethod.Post, Path(result.GetValue(name)!, "pause") + why, null, ct);
            Console.WriteLine("paused");
        }));
        var resume = new Command("resume", "Calls an identity provider again, whatever it was left alone for.") { name, data };
        resume.SetAction((result, ct) => With(result.GetValue(data)!, async client =>
        {
            await client.SendAsync(HttpMethod.Post, Path(result.GetValue(name)!, "resume"), null, ct);
            Console.WriteLine("resumed");
        }));
        return new Command("idps", "Identity providers of the running host.") { list, pause, resume, ReconcileCommand.Reconcile(data, name), ReconcileCommand.Reconciliations(data, name) };
    }

    private static Task<int> With(string data, Func<HostClient, Task> action) => CommandLine.GuardAsync(async () =>
    {
        using var client = HostClient.Open(data);
        await action(client);
    });

    private static string Path(string name, string action) => $"/api/admin/identity-providers/{Uri.EscapeDataString(name)}/{action}";

    private static void Print(JsonArray providers) =>
        Output.Rows(providers, "no identity providers", [.. Columns.Select(x => (x, x))]);
}
