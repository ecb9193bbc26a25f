namespace Provisioning.Core.Converging;

/// <summary>How an attempt ended.</summary>
/// <param name="Failure">Null when it succeeded.</param>
/// <param name="IsLate">Its lease was over before the outcome could be recorded: another attempt has the say.</param>
/// <param name="Created">It made the account, which nobody had before.</param>
public readonly record struct AttemptResult(Failure? Failure, bool IsLate = false, bool Created = false);
