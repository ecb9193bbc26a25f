namespace Provisioning.Core.Ledger;

/// <summary>How long things are remembered.</summary>
public sealed record RetentionSettings
{
    /// <summary>Attempts on assignments.</summary>
    public TimeSpan Attempts { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The audit trail.</summary>
    public TimeSpan Audit { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Assignments of users and groups that do not exist any more and have no account left.</summary>
    public TimeSpan Gone { get; init; } = TimeSpan.FromDays(90);
}
