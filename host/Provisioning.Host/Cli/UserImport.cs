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
    private const int BatchBytes = 4 * 1024 * 1024;
    private const int AtATime = 3;
    private const int MostShown = 20;

    private readonly ConcurrentBag<(int Line, string Problem)> _refused = [];
    private readonly NamesInFile _names = new();
    private readonly HashSet<int> _again = [];
    private int _added;
    private int _changed;
    private int _unchanged;
    private int _missing;

    // Who is missing shows only when the whole file was taken.
    private int From => dryRun || missing != MissingAction.Keep ? 0 : progress.Done;

    private string Path => $"/api/admin/service-providers/{Uri.EscapeDataString(serviceProvider)}";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Read once beforehand: a malformed file changes nothing.
        var total = 0;
        foreach (var (line, user) in UserFile.Read(file))
        {
            if (_names.Add(user, line) is { } first)
            {
                _again.Add(total);
                _refused.Add((line, NamesInFile.Again(first)));
            }

            total++;
        }

        if (total == 0 && missing != MissingAction.Keep)
            throw new FormatException($"'{file}' names nobody; an empty file removes nobody");
        if (From > 0)
            Console.WriteLine($"going on after row {progress.Done} of {total}, where the last import of this file ended");
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask($"importing {Output.Count(total, "user")}", maxValue: total - _again.Count);
                bar.Value = From;
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
        var rows = UserFile.Read(file).Select((x, row) => (Row: row, x.Line, x.User)).Skip(From).Where(x => !_again.Contains(x.Row));
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(Batches(rows), options, async (batch, ct) =>
            {
                var refused = await SendAsync(batch, ct);

                // What was refused is tried again if the import is interrupted, so that it is told.
                foreach (var row in dryRun ? [] : batch.Where((_, place) => !refused.Contains(place)))
                    progress.Complete(row.Row);
                sent(batch.Count);
            });
        }
        catch
        {
            if (!dryRun)
                progress.Save();
            throw;
        }
    }

    // By number and by size: a row may be large, and so may a request, but not any number of large rows.
    private static IEnumerable<List<(int Row, int Line, string User)>> Batches(IEnumerable<(int Row, int Line, JsonObject User)> rows)
    {
        var (batch, size) = (new List<(int, int, string)>(BatchSize), 0);
        foreach (var (row, line, user) in rows)
        {
            var text = user.ToJsonString();
            if (batch.Count == BatchSize || (batch.Count > 0 && size + text.Length > BatchBytes))
            {
                yield return batch;
                (batch, size) = (new(BatchSize), 0);
            }

            batch.Add((row, line, text));
            size += text.Length;
        }

        if (batch.Count > 0)
            yield return batch;
    }

    /// <returns>The places of those that were refused.</returns>
    private async Task<HashSet<int>> SendAsync(List<(int Row, int Line, string User)> batch, CancellationToken cancellationToken)
    {
        var body = $"{{\"dryRun\":{(dryRun ? "true" : "false")},\"users\":[{string.Join(',', batch.Select(x => x.User))}]}}";
        var answer = (await client.SendTextAsync(HttpMethod.Post, $"{Path}/imports", body, cancellationToken))!;
        Interlocked.Add(ref _added, answer["added"]!.GetValue<int>());
        Interlocked.Add(ref _changed, answer["changed"]!.GetValue<int>());
        Interlocked.Add(ref _unchanged, answer["unchanged"]!.GetValue<int>());
        var places = new HashSet<int>();
        foreach (var refused in answer["refused"]!.AsArray())
        {
            var place = refused!["place"]!.GetValue<int>();
            places.Add(place);
            _refused.Add((batch[place].Line, refused["problem"]!.ToString()));
        }

        return places;
    }

    private async Task RemoveMissingAsync(CancellationToken cancellationToken)
    {
        string? after = null;
        while (await client.SendAsync(HttpMethod.Get, $"{Path}/users{HostClient.Query(("after", after))}", null, cancellationToken) is JsonArray { Count: > 0 } part)
        {
            after = part[^1]!["userName"]!.ToString();
            // Who came by SCIM or by a sign-in was never in a file.
            foreach (var user in part.Where(x => x!["wasInFile"]!.GetValue<bool>() && !_names.Has(x!["userName"]!.ToString()) && (missing == MissingAction.Delete || x["active"]!.GetValue<bool>())))
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
