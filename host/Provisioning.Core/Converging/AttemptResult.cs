namespace Provisioning.Core.Converging;

/// <summary>How an attempt ended.</summary>
/// <param name="Failure">Null when it succeeded.</param>
/// <param name="IsLate">Its lease was over before the outcome could be recorded: another attempt has the say.</param>
public readonly record struct AttemptResult(Failure? Failure, bool IsLate = false);
