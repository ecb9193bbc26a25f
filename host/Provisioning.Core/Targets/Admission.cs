namespace Provisioning.Core.Targets;

/// <summary>Whether an identity provider may be called now.</summary>
/// <param name="Until">If closed: when to ask again; null if an operator has to act first.</param>
public sealed record Admission(bool IsOpen, TargetCondition Condition, DateTimeOffset? Until, string? Reason)
{
    /// <summary>It is closed because a maintenance window is open.</summary>
    public bool IsMaintenance { get; init; }

    public static readonly Admission Open = new(true, TargetCondition.Open, null, null);
}
