namespace Provisioning.Xacml;

/// <summary>Compares a literal with each value of an attribute (7.6).</summary>
internal abstract class Match
{
    public abstract TargetMatch Evaluate(EvaluationContext context);
}

/// <summary>A match by any function.</summary>
internal sealed class FunctionMatch(Expression<bool> test, Expression bag) : Match
{
    public override TargetMatch Evaluate(EvaluationContext context)
    {
        if (!bag.TryGetBag(context, out var values)) return TargetMatch.Indeterminate;
        Failure? failure = null;
        for (var i = 0; i < values.Count; i++)
        {
            context.Cursors[0] = new() { Bag = values, Position = i };
            if (!test.TryEvaluate(context, out var matches)) failure ??= context.Failure;
            else if (matches) return TargetMatch.Match;
        }

        if (failure is null) return TargetMatch.NoMatch;
        context.Fail(failure);
        return TargetMatch.Indeterminate;
    }
}
