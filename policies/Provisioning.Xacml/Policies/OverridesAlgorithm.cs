using static Provisioning.Xacml.ExtendedDecision;

namespace Provisioning.Xacml;

/// <summary>deny-overrides and permit-overrides (C.2, C.3, C.4, C.5).</summary>
internal static class OverridesAlgorithm
{
    public static ExtendedDecision Deny(ref Combination children) =>
        Override(ref children, ExtendedDecision.Deny, IndeterminateD, ExtendedDecision.Permit, IndeterminateP);

    public static ExtendedDecision Permit(ref Combination children) =>
        Override(ref children, ExtendedDecision.Permit, IndeterminateP, ExtendedDecision.Deny, IndeterminateD);

    private static ExtendedDecision Override(
        ref Combination children, ExtendedDecision winner, ExtendedDecision maybeWinner, ExtendedDecision loser, ExtendedDecision maybeLoser)
    {
        var (sawMaybeWinner, sawLoser, sawMaybeLoser, sawEither) = (false, false, false, false);
        for (var i = 0; i < children.Count; i++)
        {
            var decision = children.Evaluate(i);
            if (decision == winner) return winner;
            if (decision == NotApplicable) continue;
            if (decision == loser) sawLoser = true;
            else if (decision == maybeWinner) sawMaybeWinner = true;
            else if (decision == maybeLoser) sawMaybeLoser = true;
            else sawEither = true;
        }

        if (sawEither || (sawMaybeWinner && (sawMaybeLoser || sawLoser))) return IndeterminateDP;
        if (sawMaybeWinner) return maybeWinner;
        if (sawLoser) return loser;
        return sawMaybeLoser ? maybeLoser : NotApplicable;
    }
}
