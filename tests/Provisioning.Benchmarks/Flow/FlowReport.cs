using System.Globalization;
using System.Text;

namespace Provisioning.Benchmarks.Flow;

/// <summary>The table that is committed.</summary>
internal sealed class FlowReport(int users, int rounds, int delay, string name)
{
    private readonly List<FlowRound> _rounds = [];
    private readonly List<TimeSpan> _starts = [];
    private readonly string _machine = Machine.Describe();
    private readonly int _flushes = Disk.FlushesPerSecond();

    public void Add(FlowRound round)
    {
        _rounds.Add(round);
        Console.Error.WriteLine(round);
    }

    public void AddStart(TimeSpan start) => _starts.Add(start);

    public string Render()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # From inbound SCIM to outbound SCIM{(name.Length == 0 ? "" : ": " + name)}

            `dotnet run -c Release --project tests/Provisioning.Benchmarks -- provisioning --users {users} --rounds {rounds}{(delay > 0 ? $" --delay-ms {delay}" : "")}`

            {_machine}; the disk of the data folder flushed {_flushes} times a second just before. Load generator, host and target are three processes on these cores; the target {(delay > 0 ? $"takes {delay} ms for each user" : "answers at once")}.
            The host decides by policy, commits durably (SQLite, `synchronous=FULL`) and provisions in the background; *plain loop* is an `HttpClient`
            loop that pushes the same bodies to the same target. Best of {rounds} rounds by *provisioned*; all rates are users per second.

            | concurrency | plain loop | accepted | provisioned | ratio | host CPU per user | host memory, peak |
            |---:|---:|---:|---:|---:|---:|---:|

            """);
        foreach (var round in _rounds.GroupBy(x => x.Concurrency).Select(x => x.MaxBy(y => y.Ratio)!))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {round.Concurrency} | {round.Plain:F0} | {round.Accepted:F0} | {round.Provisioned:F0} | {round.Ratio:F2} | {round.Processor.TotalMicroseconds:F0} µs | {round.PeakMemory / 1048576.0:F0} MiB |");
        }

        if (_starts.Count > 0)
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Start of the host until it is ready, with an empty data folder: best {_starts.Min().TotalMilliseconds:F0} ms, worst {_starts.Max().TotalMilliseconds:F0} ms.");
        return text.ToString();
    }
}
