using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>What a target is to be spared.</summary>
public sealed record LimitSettings
{
    [Range(1, 256), Description("Calls at a time. Default 8.")]
    public int Concurrency { get; init; } = 8;

    [Range(0.01, 100000), Description("Operations a second; absent for no limit.")]
    public double? RequestsPerSecond { get; init; }

    [Description("Time limit of one attempt, ISO 8601. Default PT1M.")]
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
