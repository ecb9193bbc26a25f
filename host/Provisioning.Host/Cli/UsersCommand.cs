using System.CommandLine;
using System.Text.Json.Nodes;
using Provisioning.Host.Imports;
using Spectre.Console;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning users import FILE --service-provider NAME</c>. Idempotent, so an interrupted import is simply run again.</summary>
internal static class UsersCommand
{
    public static Command Build(Option<string> data)
    {
        var file = new Argument<string>("file") { Description = "A .csv (columns are SCIM paths) or .jsonl file (a SCIM user a line)." };
        var provider = new Option<string>("--service-provider") { Description = "Through whom the users come.", Required = true };
        var import = new Command("import", "Imports users from a file.") { file, provider, data };
        import.SetAction((result, ct) => CommandLine.GuardAsync(() => ImportAsync(result.GetValue(file)!, result.GetValue(provider)!, result.GetValue(data)!, ct)));
        return new Command("users", "Users.") { import };
    }

    private static async Task ImportAsync(string file, string provider, string data, CancellationToken cancellationToken)
    {
        using var client = HostClient.Open(data);
        var total = UserFile.Read(file).Count();
        var failures = new List<string>();
        await AnsiConsole.Progress().StartAsync(async progress =>
        {
            var task = progress.AddTask($"importing {total} users", maxValue: total);
            var options = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(UserFile.Read(file), options, async (row, ct) =>
            {
                try
                {
                    await client.SendAsync(HttpMethod.Post, $"/api/admin/service-providers/{Uri.EscapeDataString(provider)}/users", (JsonObject)row.User.DeepClone(), ct);
                }
                catch (InvalidOperationException exception)
                {
                    lock (failures)
                        failures.Add($"{file}, line {row.Line}: {exception.Message}");
                }

                task.Increment(1);
            });
        });
        Console.WriteLine($"{total - failures.Count} of {total} users imported");
        if (failures.Count > 0)
            throw new FormatException(string.Join(Environment.NewLine, failures.Take(20)) + (failures.Count > 20 ? $"{Environment.NewLine}and {failures.Count - 20} more" : ""));
    }
}
