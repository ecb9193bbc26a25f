using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>What a target is to be spared.</summary>
public sealed record LimitSettings
{
    /// <summary>The kinds of operation that may have a rate of their own.</summary>
    public static readonly IReadOnlyList<string> Operations = [.. Enum.GetValues<ConnectorOperation>().Where(x => x.Rate() == x).Select(x => x.Name())];

    internal const int MostConcurrency = 256;

    [Range(1, MostConcurrency), Description("Calls at a time. Default 8.")]
    public int Concurrency { get; init; } = 8;

    [Range(0.01, 100000), Description("Operations a second; absent for no limit.")]
    public double? RequestsPerSecond { get; init; }

    [Description("Operations a second by kind: find, create, update, enable, disable, delete. Default none.")]
    public IReadOnlyDictionary<string, double> PerOperation { get; init; } = new Dictionary<string, double>();

    [Range(1, MostConcurrency), Description("Calls at a time for callers who wait, which background work cannot take. Default 8.")]
    public int BlockingConcurrency { get; init; } = 8;

    [Description("Time limit of one operation, ISO 8601. Default PT1M.")]
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
