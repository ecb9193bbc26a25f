using static Provisioning.Xacml.ExtendedDecision;

namespace Provisioning.Xacml;

/// <summary>first-applicable and only-one-applicable (C.8, C.9).</summary>
internal static class ApplicableAlgorithm
{
    private static readonly Failure MoreThanOne = Failure.Processing("more than one policy is applicable");

    public static ExtendedDecision First(ref Combination children)
    {
        for (var i = 0; i < children.Count; i++)
        {
            var decision = children.Evaluate(i);
            if (decision != NotApplicable) return decision.Widened();
        }

        return NotApplicable;
    }

    public static ExtendedDecision OnlyOne(ref Combination children)
    {
        var chosen = -1;
        for (var i = 0; i < children.Count; i++)
        {
            var match = children.MatchTarget(i);
            if (match == TargetMatch.Indeterminate) return IndeterminateDP;
            if (match == TargetMatch.NoMatch) continue;
            if (chosen >= 0)
            {
                children.Fail(MoreThanOne);
                return IndeterminateDP;
            }

            chosen = i;
        }

        return chosen < 0 ? NotApplicable : children.Evaluate(chosen).Widened();
    }
}
