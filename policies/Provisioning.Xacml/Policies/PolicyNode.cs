namespace Provisioning.Xacml;

/// <summary>A compiled policy or policy set.</summary>
internal sealed class PolicyNode(PolicyIdentifier identifier, SourcePlace place, Target target, Branch branch, Duties duties) : Evaluable
{
    public override string Id => identifier.Id;

    public PolicyIdentifier Identifier => identifier;

    public SourcePlace Place => place;

    public Branch Branch => branch;

    public override Target Target => target;

    public override void Enter(TraceWriter trace) =>
        trace.Enter(identifier.IsSet ? TraceKind.PolicySet : TraceKind.Policy, identifier.Id, identifier.Version, place);

    public override ExtendedDecision Evaluate(EvaluationContext context)
    {
        ExtendedDecision decision;
        if (context.Trace is null)
        {
            decision = Decide(context);
        }
        else
        {
            Enter(context.Trace);
            decision = Decide(context);
            context.Trace.Leave(decision, context.Failure, branch.AlgorithmId);
        }

        if (decision != ExtendedDecision.NotApplicable) context.Concerned.Add(identifier);
        return decision;
    }

    private ExtendedDecision Decide(EvaluationContext context)
    {
        var match = target.Evaluate(context);
        context.Trace?.Target(match);
        if (match == TargetMatch.NoMatch) return ExtendedDecision.NotApplicable;
        var targetFailure = match == TargetMatch.Indeterminate ? context.Failure : null;
        var mark = context.Contributions.Now;
        var applicable = context.Applicable.Count;
        var decision = branch.Combine(context);
        if (targetFailure is not null)
        {
            // The target is open: the decision stays a possibility only (table 7).
            context.Contributions.DropSince(mark);
            context.Applicable.RemoveRange(applicable, context.Applicable.Count - applicable);
            context.Fail(targetFailure);
            return decision.OnlyPossible();
        }

        if (decision is not (ExtendedDecision.Permit or ExtendedDecision.Deny)) return decision;
        if (!duties.TryAdd(context, decision))
        {
            context.Contributions.DropSince(mark);
            return decision.OnlyPossible();
        }

        context.Contributions.Add(decision, identifier);
        if (context.Request.ReturnPolicyIdList) context.Applicable.Add(identifier);
        return decision;
    }
}
