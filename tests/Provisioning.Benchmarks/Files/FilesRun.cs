using System.Globalization;
using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Benchmarks.Files;

/// <summary>One build of the plugin with one file in a folder of its own.</summary>
internal sealed class FilesRun : IDisposable
{
    private static readonly OperationContext Context = new("benchmark", 1, DateTimeOffset.MaxValue, _ => { });

    private readonly string _folder = Directory.CreateTempSubdirectory("provisioning-files-").FullName;
    private readonly FilesPlugin _plugin;
    private readonly string _format;
    private readonly int _concurrency;
    private readonly TimeSpan _limit;
    private TimeSpan _slowest;
    private int _made;

    public FilesRun(string plugin, string format, int concurrency, TimeSpan limit)
    {
        (_plugin, _format, _concurrency, _limit) = (new FilesPlugin(plugin), format, concurrency, limit);
    }

    /// <summary>The rest of a line of the table.</summary>
    public async Task<string> MeasureAsync(int accounts)
    {
        var tenth = accounts / 10;
        double first, last, updates;
        await using (var connector = Open("warm-up"))
            await RateAsync(connector, i => CreateAsync(connector, i), 0, 500);
        await using (var connector = Open("first"))
            first = await RateAsync(connector, i => CreateAsync(connector, i), 0, tenth);
        Check("first");
        await WriteAsync("last", accounts - tenth);
        await using (var connector = Open("last"))
            last = await RateAsync(connector, i => CreateAsync(connector, i), accounts - tenth, tenth);
        Check("last");
        await WriteAsync("updates", accounts);
        _slowest = TimeSpan.Zero;
        await using (var connector = Open("updates"))
            updates = await RateAsync(connector, i => ((IDisableAccounts)connector).SetEnabledAsync($"{i}", false, Context, default), 0, tenth);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{first:F0} | {last:F0} | {last / first:F2} | {updates:F0} | {_slowest.TotalMilliseconds:F0} ms |");
    }

    public void Dispose()
    {
        _plugin.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string FileOf(string name) => Path.Combine(_folder, $"{name}.{_format}");

    private IConnector Open(string name) => _plugin.Open(_format, FileOf(name));

    private static Task<Account> CreateAsync(IConnector connector, int number) => ((ICreateAccounts)connector).CreateAsync(
        new NewAccount($"owner-{number}", Attributes(number)), Context, default);

    private static JsonObject Attributes(int number) => new()
    {
        ["userName"] = $"user{number}",
        ["displayName"] = $"User Number {number}",
        ["emails"] = new JsonArray($"user{number}@example.com"),
        ["title"] = "Engineer",
        ["name"] = new JsonObject { ["givenName"] = "User", ["familyName"] = $"Number{number}" },
    };

    /// <summary>Changes a second, from number <paramref name="start"/> on.</summary>
    private async Task<double> RateAsync(IConnector connector, Func<int, Task> change, int start, int count)
    {
        // What it takes to read the file at the start is no part of the rate.
        await ((ITestConnection)connector).TestAsync(Context, default);
        var (next, done) = (start - 1, 0);
        var begun = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, _concurrency).Select(_ => Task.Run(async () =>
        {
            while (TimeProvider.System.GetElapsedTime(begun) < _limit && Interlocked.Increment(ref next) is var number && number < start + count)
            {
                var asked = TimeProvider.System.GetTimestamp();
                await change(number);
                Interlocked.Increment(ref done);
                Note(TimeProvider.System.GetElapsedTime(asked));
            }
        })));
        var rate = done / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        _made = start + done;
        return rate;
    }

    private void Note(TimeSpan took)
    {
        lock (_plugin)
            _slowest = took > _slowest ? took : _slowest;
    }

    /// <summary>Makes a file with accounts, as the connector writes it.</summary>
    private async Task WriteAsync(string name, int accounts)
    {
        var lines = _format == "csv"
            ? Enumerable.Range(0, accounts).Select(i =>
                $"{i},owner-{i},true,user{i},User Number {i},user{i}@example.com,Engineer,User,Number{i}")
                .Prepend("id,externalId,enabled,userName,displayName,emails,title,name.givenName,name.familyName")
            : Enumerable.Range(0, accounts).Select(i =>
            {
                var line = Attributes(i);
                (line["id"], line["externalId"], line["enabled"]) = ($"{i}", $"owner-{i}", true);
                return line.ToJsonString();
            });
        await File.WriteAllLinesAsync(FileOf(name), lines);
    }

    private void Check(string name)
    {
        var lines = File.ReadLines(FileOf(name)).Skip(_format == "csv" ? 1 : 0).ToList();
        if (lines.Count != _made || lines.Distinct(StringComparer.Ordinal).Count() != _made)
            throw new InvalidOperationException($"the file has {lines.Count} accounts, and {_made} were answered for");
    }
}
