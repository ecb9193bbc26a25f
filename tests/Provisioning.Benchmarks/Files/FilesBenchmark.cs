using System.Globalization;
using System.Text;

namespace Provisioning.Benchmarks.Files;

/// <summary>
/// Changes a second of the connectors that keep accounts in a file, while the file grows to many accounts; if asked for, beside
/// another build of the same plugin, in turns, so that both see the same machine.
/// </summary>
internal static class FilesBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (accounts, seconds) = (arguments.Number("--accounts", 100_000), arguments.Number("--seconds", 20));
        var (rounds, concurrency) = (arguments.Number("--rounds", 1), arguments.Number("--concurrency", 8));
        var table = new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
            # Accounts in a file

            `dotnet run -c Release --project tests/Provisioning.Benchmarks -- files --accounts {accounts} --seconds {seconds} --concurrency {concurrency} --before FOLDER --write`

            Changes a second of the connectors `csv` and `jsonl`, {concurrency} at a time, each durable before its answer. *First tenth* starts without a file, *last tenth*
            with nine tenths of {accounts} accounts in it; each is measured until its tenth is there, or for {seconds} seconds. *Updates* are made with all of them in it. *Before* is the same plugin
            built from an older source, measured in turns with this one. After each run the file had every account that was answered for, once.

            | format | build | creates, first tenth | creates, last tenth | last / first | updates | slowest update |
            |---|---|---:|---:|---:|---:|---:|

            """);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var format in (string[])["csv", "jsonl"])
            {
                foreach (var (build, folder) in Builds(arguments))
                {
                    using var run = new FilesRun(folder, format, concurrency, TimeSpan.FromSeconds(seconds));
                    var row = await run.MeasureAsync(accounts);
                    Console.WriteLine($"| {format} | {build} | {row}");
                    table.AppendLine(CultureInfo.InvariantCulture, $"| {format} | {build} | {row}");
                }
            }
        }

        table.AppendLine().AppendLine(Machine.Describe());
        if (arguments.Has("--write"))
            await File.WriteAllTextAsync(Path.Combine(Places.Results, "files.md"), table.ToString());
        return 0;
    }

    private static IEnumerable<(string Build, string Folder)> Builds(Arguments arguments)
    {
        if (arguments.Text("--before") is { } before)
            yield return ("before", Path.GetFullPath(before));
        yield return ("this", Places.CsvPlugin);
    }
}
