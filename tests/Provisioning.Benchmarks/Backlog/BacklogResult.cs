using System.Globalization;

namespace Provisioning.Benchmarks.Backlog;

/// <summary>The figures of one run. Rates are users a second, latencies milliseconds, sizes bytes.</summary>
internal sealed class BacklogResult
{
    public double Enqueue { get; set; }

    public double Drain { get; set; }

    /// <summary>The rate of the first tenth, with all the backlog still there.</summary>
    public double DrainFirst { get; set; }

    public double DrainLast { get; set; }

    public Latency? TargetAlone { get; set; }

    public Latency? BlockingIdle { get; set; }

    /// <summary>With the backlog, for a target that is up.</summary>
    public Latency? BlockingElsewhere { get; set; }

    /// <summary>The target without us, while the backlog drains into it.</summary>
    public Latency? TargetInDrain { get; set; }

    /// <summary>For the same identity provider whose backlog drains at full speed.</summary>
    public Latency? BlockingInDrain { get; set; }

    public Latency? ArrivalIdle { get; set; }

    public Latency? ArrivalElsewhere { get; set; }

    public TimeSpan Outage { get; set; }

    public long Triggers { get; set; }

    public long Size { get; set; }

    public long MemoryInOutage { get; set; }

    /// <summary>Highest of any host over the whole run.</summary>
    public long Memory { get; set; }

    /// <summary>Second creates of a name, as the target counts them.</summary>
    public int Refused { get; set; }

    public string Row(BacklogRun run) => string.Create(CultureInfo.InvariantCulture, $"""
        | {(run.Database is null ? "SQLite" : "PostgreSQL")}, {run.Nodes} | {run.Users} | {run.Providers} | {Enqueue:F0} | {Outage.TotalMinutes:F0} min | {Drain:F0} | {DrainFirst:F0} / {DrainLast:F0} | {TargetAlone} | {BlockingIdle} | {BlockingElsewhere} | {TargetInDrain} | {BlockingInDrain} | {ArrivalIdle} | {ArrivalElsewhere} | {Triggers} | {MemoryInOutage / 1048576} / {Memory / 1048576} MiB | {Size / 1048576} MiB | {Refused} |
        """);
}
