using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>How many accounts a changed policy or configuration may take away without somebody's approval.</summary>
public sealed record GuardSettings
{
    [Range(0, int.MaxValue), Description("So many always pass. Default 10.")]
    public int Count { get; init; } = 10;

    [Range(0, 100), Description("More pass while they are at most this percentage of the accounts there. Default 10.")]
    public double Percent { get; init; } = 10;

    [Description("Whether accounts count that go because time passes: a window closes, a date is reached. Set it to false where policies take many accounts away at fixed times on purpose. Default true.")]
    public bool Time { get; init; } = true;

    /// <param name="lost">Accounts that would be disabled or deleted.</param>
    /// <param name="all">Accounts that are there.</param>
    public bool Holds(long lost, long all) => lost > Count && lost > all * Percent / 100;
}
