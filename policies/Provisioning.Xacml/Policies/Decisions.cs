namespace Provisioning.Xacml;

/// <summary>What follows from decisions.</summary>
internal static class Decisions
{
    public static bool IsIndeterminate(this ExtendedDecision decision) => decision >= ExtendedDecision.IndeterminateP;

    /// <summary>What is left of a decision when an error leaves open whether it counts (table 7).</summary>
    public static ExtendedDecision OnlyPossible(this ExtendedDecision decision) => decision switch
    {
        ExtendedDecision.Permit => ExtendedDecision.IndeterminateP,
        ExtendedDecision.Deny => ExtendedDecision.IndeterminateD,
        _ => decision,
    };

    /// <summary>An algorithm that does not tell what might have been leaves both open (appendix C.1).</summary>
    public static ExtendedDecision Widened(this ExtendedDecision decision) =>
        decision.IsIndeterminate() ? ExtendedDecision.IndeterminateDP : decision;
}
