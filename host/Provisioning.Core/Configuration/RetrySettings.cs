using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>How failed work is retried: exponential back-off with full jitter.</summary>
public sealed record RetrySettings
{
    [Description("Upper bound of the first delay, ISO 8601. Default PT2S.")]
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    [Description("Upper bound of any delay, ISO 8601. Default PT15M.")]
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(15);

    [Range(1, 10000), Description("Failures in a row after which the target is left alone for a while. Default 10.")]
    public int BreakAfter { get; init; } = 10;

    [Description("Upper bound of how long a failing target is left alone before it is probed, ISO 8601. Default PT1M.")]
    public TimeSpan MaxBreak { get; init; } = TimeSpan.FromMinutes(1);

    [Description("Parked when failing for so long, ISO 8601. Default P3D.")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(3);
}
