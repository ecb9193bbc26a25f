namespace Provisioning.Xacml;

/// <summary>Makes the answer out of what an evaluation left behind.</summary>
internal static class ResultWriter
{
    public static XacmlResult Write(EvaluationContext context, ExtendedDecision decision)
    {
        var result = decision.IsIndeterminate() ? Undecided(context) : Decided(context.Contributions, decision);
        if (context.HoldsUntil is { } until) result = result with { HoldsUntil = until };
        var request = context.Request;
        return request.ReturnPolicyIdList || request.Included.Count > 0
            ? result with { ReturnPolicyIdList = request.ReturnPolicyIdList, PolicyIdentifierList = Distinct([.. context.Applicable]), Included = request.Included }
            : result;
    }

    private static XacmlResult Decided(Contributions contributions, ExtendedDecision decision) => new(
        decision switch
        {
            ExtendedDecision.Permit => Decision.Permit,
            ExtendedDecision.Deny => Decision.Deny,
            _ => Decision.NotApplicable,
        },
        StatusCodes.Ok,
        null,
        contributions.Duties<Obligation>(),
        contributions.Duties<Advice>(),
        Distinct(contributions.Policies()));

    private static XacmlResult Undecided(EvaluationContext context)
    {
        var failure = context.Failure!;
        // Of an answer that could not be found, all are named that had something to say: one of them is in the way.
        return new(Decision.Indeterminate, failure.Code, failure.Message, [], [], Distinct([.. context.Concerned]))
        {
            MinorStatusCodes = failure.MinorCodes,
            MissingAttributes = failure.Missing is { } missing ? [missing] : [],
        };
    }

    // A policy that several sets refer to is named once.
    private static IReadOnlyList<PolicyIdentifier> Distinct(IReadOnlyList<PolicyIdentifier> policies) =>
        policies.Count < 2 || (policies.Count == 2 && policies[0] != policies[1]) ? policies : [.. policies.Distinct()];
}
