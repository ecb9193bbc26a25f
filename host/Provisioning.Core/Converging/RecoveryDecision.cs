namespace Provisioning.Core.Converging;

/// <summary>What to do about a failure.</summary>
/// <param name="RetryAt">When to try this assignment again; null to park it.</param>
/// <param name="PauseUntil">Set when the whole identity provider must rest until then.</param>
public sealed record RecoveryDecision(DateTimeOffset? RetryAt, DateTimeOffset? PauseUntil = null);
