namespace Provisioning.Xacml;

/// <summary>A compiled rule.</summary>
internal sealed class Rule(string id, string place, bool permits, Target target, Expression? condition, IReadOnlyList<Duty> duties) : Evaluable
{
    private Outcome Effect => permits ? Outcome.Permit : Outcome.Deny;

    private Outcome Failure => permits ? Outcome.IndeterminateP : Outcome.IndeterminateD;

    public override MatchResult Match(EvaluationContext context) => target.Evaluate(context);

    public override NodeResult Evaluate(EvaluationContext context)
    {
        context.Trace?.Enter($"Rule {id} ({place})");
        var result = Decide(context);
        context.Trace?.Leave(result);
        return result;
    }

    private NodeResult Decide(EvaluationContext context)
    {
        var match = Match(context);
        context.Trace?.Target(match);
        if (match.Error is not null) return NodeResult.Indeterminate(Failure, match.Error);
        if (!match.Matches) return NodeResult.NotApplicable;
        try
        {
            if (condition is not null)
            {
                var holds = (bool)((Value)condition.Evaluate(context)).Native;
                context.Trace?.Note($"condition: {(holds ? "true" : "false")}");
                if (!holds) return NodeResult.NotApplicable;
            }

            if (duties.Count == 0) return new(Effect, null, [], []);
            var (obligations, advice) = (new List<Obligation>(), new List<Advice>());
            Duty.Collect(duties, Effect, context, obligations, advice);
            return new(Effect, null, obligations, advice);
        }
        catch (EvaluationException error)
        {
            context.Trace?.Note($"error: {error.Message}");
            return NodeResult.Indeterminate(Failure, error.Status);
        }
    }
}
