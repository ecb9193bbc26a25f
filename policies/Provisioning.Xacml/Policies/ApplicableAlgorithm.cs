using static Provisioning.Xacml.ExtendedDecision;

namespace Provisioning.Xacml;

/// <summary>first-applicable and only-one-applicable (C.8, C.9), and on-permit-apply-second (Additional Combining Algorithms Profile 1.0).</summary>
internal static class ApplicableAlgorithm
{
    private static readonly Failure NotTwoOrThree = Failure.Processing("on-permit-apply-second takes two or three policies");

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
                children.Fail(Failure.Processing($"more than one policy is applicable: '{children.Id(chosen)}' and '{children.Id(i)}'")
                    with { MinorCodes = [StatusCodes.SeveralApplicable] });
                return IndeterminateDP;
            }

            chosen = i;
        }

        return chosen < 0 ? NotApplicable : children.Evaluate(chosen).Widened();
    }

    /// <summary>The first child is a condition: the second decides if it permits, the third, if there is one, if it does not.</summary>
    public static ExtendedDecision SecondOnPermit(ref Combination children)
    {
        if (children.Count is not (2 or 3))
        {
            children.Fail(NotTwoOrThree);
            return IndeterminateDP;
        }

        return children.Evaluate(0) switch
        {
            Permit => children.Evaluate(1),
            IndeterminateP or IndeterminateDP => IndeterminateDP,
            _ => children.Count == 3 ? children.Evaluate(2) : NotApplicable,
        };
    }
}
