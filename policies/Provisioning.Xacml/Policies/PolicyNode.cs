namespace Provisioning.Xacml;

/// <summary>A compiled policy or policy set.</summary>
internal sealed class PolicyNode(
    PolicyIdentifier identifier, string place, Target target, CombiningAlgorithm algorithm, IReadOnlyList<Evaluable> children, IReadOnlyList<Duty> duties)
    : Evaluable
{
    public PolicyIdentifier Identifier => identifier;

    public string Place => place;

    public IReadOnlyList<Evaluable> Children => children;

    public override MatchResult Match(EvaluationContext context) => target.Evaluate(context);

    public override NodeResult Evaluate(EvaluationContext context)
    {
        context.Trace?.Enter($"{(identifier.IsSet ? "PolicySet" : "Policy")} {identifier.Id} ({place})");
        var result = Decide(context);
        context.Trace?.Leave(result);
        if (result.Outcome != Outcome.NotApplicable && !context.Policies.Contains(identifier)) context.Policies.Add(identifier);
        return result.Outcome is Outcome.Permit or Outcome.Deny ? result with { Policies = [.. result.Policies, identifier] } : result;
    }

    private NodeResult Decide(EvaluationContext context)
    {
        var match = Match(context);
        context.Trace?.Target(match);
        if (match.Error is null && !match.Matches) return NodeResult.NotApplicable;
        var combined = algorithm(children, context);
        if (match.Error is not null)
        {
            // The target is open: the result stays a possibility only.
            return combined.Outcome switch
            {
                Outcome.NotApplicable => NodeResult.NotApplicable,
                Outcome.Permit => NodeResult.Indeterminate(Outcome.IndeterminateP, match.Error),
                Outcome.Deny => NodeResult.Indeterminate(Outcome.IndeterminateD, match.Error),
                _ => NodeResult.Indeterminate(combined.Outcome, match.Error),
            };
        }

        if (duties.Count == 0 || combined.Outcome is not (Outcome.Permit or Outcome.Deny)) return combined;
        var obligations = combined.Obligations.ToList();
        var advice = combined.Advice.ToList();
        try
        {
            Duty.Collect(duties, combined.Outcome, context, obligations, advice);
            return combined with { Obligations = obligations, Advice = advice };
        }
        catch (EvaluationException error)
        {
            var possible = combined.Outcome == Outcome.Permit ? Outcome.IndeterminateP : Outcome.IndeterminateD;
            return NodeResult.Indeterminate(possible, error.Status);
        }
    }
}
