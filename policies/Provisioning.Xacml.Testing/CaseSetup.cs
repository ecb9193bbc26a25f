namespace Provisioning.Xacml.Testing;

/// <summary>Makes the decision point that a case describes.</summary>
internal static class CaseSetup
{
    private const string SoleMatch = "urn:provisioning:testing:sole-matching-policy";

    // Of several initial policies the cases want the one whose target matches to decide, and an error if more than one does (IID029, IID030).
    // The standard leaves this choice to the decision point (core 7.13), so that it is made here, by an algorithm of our own.
    private static readonly CombiningAlgorithm RootChoice = new(SoleMatch, ChooseRoot) { CombinesRules = false };

    public static PolicyDecisionPoint Load(ConformanceCase one)
    {
        var options = new PdpOptions
        {
            RootCombiningAlgorithm = SoleMatch,
            CombiningAlgorithms = [RootChoice],
            AttributeProviders = ListedAttributes.Of(one),
            ResourceHierarchy = new CaseHierarchy(),
        };
        try
        {
            return PolicyDecisionPoint.Load([.. one.Policies, .. one.ReferencedPolicies], options);
        }
        catch (PolicyException) when (one.Kind == CaseKind.Evaluate && one.ReferencedPolicies.Any(IsBroken) && !one.Policies.Any(IsBroken))
        {
            // Types are checked at load, so that a broken policy never comes into force. Whether anything misses it, evaluation has to show
            // (IIE003Special.txt, first way).
            return PolicyDecisionPoint.Load(
                [.. one.Policies, .. one.ReferencedPolicies.Where(policy => !IsBroken(policy))], options with { AllowsUndefinedReferences = true });
        }
    }

    private static bool IsBroken(PolicySource policy)
    {
        try
        {
            PolicyDecisionPoint.Load([policy], new PdpOptions { AllowsUndefinedReferences = true });
            return false;
        }
        catch (PolicyException)
        {
            return true;
        }
    }

    private static ExtendedDecision ChooseRoot(ref Combination children)
    {
        var (chosen, open) = (-1, false);
        for (var i = 0; i < children.Count; i++)
        {
            var match = children.MatchTarget(i);
            open |= match == TargetMatch.Indeterminate;
            if (match != TargetMatch.Match) continue;
            if (chosen >= 0)
            {
                children.Fail(Failure.Processing("more than one initial policy is applicable"));
                return ExtendedDecision.IndeterminateDP;
            }

            chosen = i;
        }

        if (chosen >= 0) return children.Evaluate(chosen);
        return open ? ExtendedDecision.IndeterminateDP : ExtendedDecision.NotApplicable;
    }
}
