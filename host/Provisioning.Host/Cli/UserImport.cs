using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Provisioning.Host.Imports;
using Spectre.Console;

namespace Provisioning.Host.Cli;

/// <summary>Sends the users of a file to the running host, several at a time, and remembers how far it came.</summary>
internal sealed class UserImport(HostClient client, string file, string serviceProvider, ImportProgress progress)
{
    private const int AtATime = 8;
    private const int MostShown = 20;

    private readonly ConcurrentBag<(int Line, string Problem)> _refused = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Read once beforehand: a malformed file changes nothing.
        var total = UserFile.Read(file).Count();
        if (progress.Done > 0)
            Console.WriteLine($"going on after row {progress.Done} of {total}, where the last import of this file ended");
        await AnsiConsole.Progress().StartAsync(async bars =>
        {
            var bar = bars.AddTask($"importing {Output.Count(total, "user")}", maxValue: total);
            bar.Value = progress.Done;
            await SendAllAsync(() => bar.Increment(1), cancellationToken);
        });
        Report(total);
    }

    private async Task SendAllAsync(Action sent, CancellationToken cancellationToken)
    {
        var rows = UserFile.Read(file).Select((x, row) => (Row: row, x.Line, x.User)).Skip(progress.Done);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(rows, options, async (row, ct) =>
            {
                await SendAsync(row.Line, row.User, ct);
                progress.Complete(row.Row);
                sent();
            });
        }
        catch
        {
            progress.Save();
            throw;
        }

        progress.Forget();
    }

    private async Task SendAsync(int line, JsonObject user, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(HttpMethod.Post, $"/api/admin/service-providers/{Uri.EscapeDataString(serviceProvider)}/users", user, cancellationToken);
        }
        catch (HostRefusedException exception) when (exception.Status is 400 or 409 or 413)
        {
            // This user is not right; the others may be.
            _refused.Add((line, exception.Message));
        }
    }

    private void Report(int total)
    {
        Console.WriteLine($"{total - _refused.Count} of {Output.Count(total, "user")} imported for '{serviceProvider}'");
        if (_refused.IsEmpty)
            return;
        var lines = _refused.OrderBy(x => x.Line).Take(MostShown).Select(x => $"{file}, line {x.Line}: {x.Problem}").ToList();
        if (_refused.Count > MostShown)
            lines.Add($"and {_refused.Count - MostShown} more");
        throw new FormatException(string.Join(Environment.NewLine, lines));
    }
}
