using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Provisioning.Host.Imports;
using Spectre.Console;

namespace Provisioning.Host.Cli;

/// <summary>Sends the users of a file to the running host, many at a time, and remembers how far it came.</summary>
/// <param name="dryRun">Nothing is written; only what would be is counted.</param>
/// <param name="missing">What becomes of users who are not in the file.</param>
internal sealed class UserImport(HostClient client, string file, string serviceProvider, ImportProgress progress, bool dryRun = false, MissingAction missing = MissingAction.Keep)
{
    private const int BatchSize = 200;
    private const int AtATime = 3;
    private const int MostShown = 20;

    private readonly ConcurrentBag<(int Line, string Problem)> _refused = [];
    private readonly NamesInFile? _names = missing == MissingAction.Keep ? null : new();
    private int _added;
    private int _changed;
    private int _unchanged;
    private int _missing;

    private string Path => $"/api/admin/service-providers/{Uri.EscapeDataString(serviceProvider)}";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Read once beforehand: a malformed file changes nothing.
        var total = 0;
        foreach (var (_, user) in UserFile.Read(file))
        {
            total++;
            _names?.Add(user);
        }

        if (total == 0 && missing != MissingAction.Keep)
            throw new FormatException($"'{file}' names nobody; an empty file removes nobody");
        if (progress.Done > 0 && !dryRun)
            Console.WriteLine($"going on after row {progress.Done} of {total}, where the last import of this file ended");
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask($"importing {Output.Count(total, "user")}", maxValue: total);
                bar.Value = dryRun ? 0 : progress.Done;
                await SendAllAsync(bar.Increment, cancellationToken);
            });
        if (missing != MissingAction.Keep && _refused.IsEmpty)
            await RemoveMissingAsync(cancellationToken);
        if (!dryRun)
            progress.Forget();
        Report(total);
    }

    private async Task SendAllAsync(Action<double> sent, CancellationToken cancellationToken)
    {
        var rows = UserFile.Read(file).Select((x, row) => (Row: row, x.Line, x.User)).Skip(dryRun ? 0 : progress.Done);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(rows.Chunk(BatchSize), options, async (batch, ct) =>
            {
                await SendAsync(batch, ct);
                foreach (var row in batch)
                    if (!dryRun)
                        progress.Complete(row.Row);
                sent(batch.Length);
            });
        }
        catch
        {
            if (!dryRun)
                progress.Save();
            throw;
        }
    }

    private async Task SendAsync((int Row, int Line, JsonObject User)[] batch, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["dryRun"] = dryRun, ["users"] = new JsonArray([.. batch.Select(x => x.User)]) };
        var answer = (await client.SendAsync(HttpMethod.Post, $"{Path}/imports", body, cancellationToken))!;
        Interlocked.Add(ref _added, answer["added"]!.GetValue<int>());
        Interlocked.Add(ref _changed, answer["changed"]!.GetValue<int>());
        Interlocked.Add(ref _unchanged, answer["unchanged"]!.GetValue<int>());
        foreach (var refused in answer["refused"]!.AsArray())
            _refused.Add((batch[refused!["place"]!.GetValue<int>()].Line, refused["problem"]!.ToString()));
    }

    private async Task RemoveMissingAsync(CancellationToken cancellationToken)
    {
        string? after = null;
        while (await client.SendAsync(HttpMethod.Get, $"{Path}/users{HostClient.Query(("after", after))}", null, cancellationToken) is JsonArray { Count: > 0 } part)
        {
            after = part[^1]!["userName"]!.ToString();
            // Who only ever signed in was never in a file.
            foreach (var user in part.Where(x => x!["wasInFile"]!.GetValue<bool>() && !_names!.Has(x!["userName"]!.ToString()) && (missing == MissingAction.Delete || x["active"]!.GetValue<bool>())))
            {
                _missing++;
                if (!dryRun)
                    await client.SendAsync(HttpMethod.Post, $"{Path}/users/{user!["id"]}/missing?action={missing.ToString().ToLowerInvariant()}", null, cancellationToken);
            }
        }
    }

    private void Report(int total)
    {
        if (dryRun)
            Console.WriteLine($"nothing was written: {_added} of {Output.Count(total, "user")} would be added, {_changed} changed, {_unchanged} stay as they are{Removed("would be ")}");
        else
            Console.WriteLine($"{total - _refused.Count} of {Output.Count(total, "user")} imported for '{serviceProvider}': {_added} added, {_changed} changed, {_unchanged} as they were{Removed("")}");
        if (_refused.IsEmpty)
            return;
        var lines = _refused.OrderBy(x => x.Line).Take(MostShown).Select(x => $"{file}, line {x.Line}: {x.Problem}").ToList();
        if (_refused.Count > MostShown)
            lines.Add($"and {_refused.Count - MostShown} more");
        if (missing != MissingAction.Keep)
            lines.Add("nobody who is missing was removed, because not every row could be imported");
        throw new FormatException(string.Join(Environment.NewLine, lines));
    }

    private string Removed(string would) => missing switch
    {
        MissingAction.Deactivate => $"; {_missing} who are missing {would}deactivated",
        MissingAction.Delete => $"; {_missing} who are missing {would}deleted",
        _ => "",
    };
}
