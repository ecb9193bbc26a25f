namespace Provisioning.Core.Targets;

/// <summary>How an identity provider is, as all hosts see it. Durable, so that neither a restart nor another host stampedes it.</summary>
/// <param name="Since">When it got into this condition.</param>
/// <param name="Until">When to try it again, carefully; null when open, or until an operator resumes it.</param>
/// <param name="Times">How often in a row it had to be closed; the pauses grow with it.</param>
public sealed record TargetState(
    string IdentityProvider, TargetCondition Condition, DateTimeOffset Since, DateTimeOffset? Until = null, string? Reason = null, int Times = 0)
{
    public static TargetState Healthy(string identityProvider, DateTimeOffset since) => new(identityProvider, TargetCondition.Open, since);

    public bool IsClosed(DateTimeOffset now) => Condition == TargetCondition.Paused || Until > now;

    /// <summary>The pause is over; the next call shows whether the target is well.</summary>
    public bool IsHalfOpen(DateTimeOffset now) => Condition != TargetCondition.Open && !IsClosed(now);
}
