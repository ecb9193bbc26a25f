using System.ComponentModel;

namespace Provisioning.Core.Ledger;

/// <summary>How long things are remembered.</summary>
public sealed record RetentionSettings
{
    /// <summary>Less would take away what is needed to understand what goes on at the moment.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromDays(1);

    [Description("Attempts on assignments, ISO 8601. Default P90D.")]
    public TimeSpan Attempts { get; init; } = TimeSpan.FromDays(90);

    [Description("The audit trail, ISO 8601. Default P400D.")]
    public TimeSpan Audit { get; init; } = TimeSpan.FromDays(400);

    [Description("Assignments of users and groups that do not exist any more and have no account left, ISO 8601. Default P90D.")]
    public TimeSpan Gone { get; init; } = TimeSpan.FromDays(90);

    [Description("Reconciliations and what they found, ISO 8601. Default P90D.")]
    public TimeSpan Reconciliations { get; init; } = TimeSpan.FromDays(90);
}
