using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>
/// How many accounts may go without somebody's approval: by one change of policies or configuration, or by what one service provider deletes,
/// deactivates or takes out of groups within a window.
/// </summary>
public sealed record GuardSettings
{
    [Range(0, int.MaxValue), Description("Number of accounts that may always go without approval. Default 10.")]
    public int Count { get; init; } = 10;

    [Range(0, 100), Description("Above count, accounts go without approval while they are at most this percentage of the accounts at the identity provider. Default 10.")]
    public double Percent { get; init; } = 10;

    [Description("Whether accounts count that go because time passes: a window closes, a date is reached. Set it to false where policies take many accounts away at fixed times on purpose. Default true.")]
    public bool Time { get; init; } = true;

    [Description("What one service provider takes away within this time counts together, ISO 8601. Default PT1H.")]
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many may go at once.</summary>
    /// <param name="all">Accounts that are there.</param>
    public long Most(long all) => Math.Max(Count, (long)(all * Percent / 100));

    /// <param name="lost">Accounts that would be disabled or deleted.</param>
    /// <param name="all">Accounts that are there.</param>
    public bool Holds(long lost, long all) => lost > Count && lost > all * Percent / 100;
}
