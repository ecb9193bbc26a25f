namespace Provisioning.Xacml;

/// <summary>A compiled rule.</summary>
internal sealed class Rule(string id, SourcePlace place, ExtendedDecision effect, Target target, Expression<bool>? condition, Duties duties) : Evaluable
{
    public override string Id => id;

    public SourcePlace Place => place;

    public Expression<bool>? Condition => condition;

    public override Target Target => target;

    public override void Enter(TraceWriter trace) => trace.Enter(TraceKind.Rule, id, null, place);

    public override ExtendedDecision Evaluate(EvaluationContext context)
    {
        if (context.Trace is null) return Decide(context);
        Enter(context.Trace);
        var decision = Decide(context);
        context.Trace.Leave(decision, context.Failure);
        return decision;
    }

    // Table 4.
    private ExtendedDecision Decide(EvaluationContext context)
    {
        var match = target == Target.Empty ? TargetMatch.Match : target.Evaluate(context);
        context.Trace?.Target(match);
        if (match == TargetMatch.NoMatch) return ExtendedDecision.NotApplicable;
        if (match == TargetMatch.Indeterminate) return effect.OnlyPossible();
        if (condition is not null)
        {
            if (!condition.TryEvaluate(context, out var holds)) return effect.OnlyPossible();
            context.Trace?.Condition(holds);
            if (!holds) return ExtendedDecision.NotApplicable;
        }

        var mark = context.Contributions.Now;
        if (duties.TryAdd(context, effect)) return effect;
        context.Contributions.DropSince(mark);
        return effect.OnlyPossible();
    }
}
