namespace Provisioning.Xacml;

/// <summary>What a condition can answer.</summary>
/// <param name="CanHold">Whether it can be true.</param>
/// <param name="CanFail">Whether it can be false.</param>
internal readonly record struct Truth(bool CanHold, bool CanFail);
