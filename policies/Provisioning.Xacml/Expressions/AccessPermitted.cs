namespace Provisioning.Xacml;

/// <summary>Whether all policies together permit the request with the content of one category exchanged (A.3.16). Obligations, advice and errors
/// of that evaluation stay in it.</summary>
internal sealed class AccessPermitted(Expression<string> category, Expression<string> content) : Expression<bool>(DataType.Boolean)
{
    public override bool TryEvaluate(EvaluationContext context, out bool value)
    {
        value = false;
        if (!category.TryEvaluate(context, out var uri) || !content.TryEvaluate(context, out var text)) return false;
        var nested = context.Nested;
        if (!nested.TryEnter()) return context.Fail(nested.IsExceeded);
        if (!context.Take(CategoryExchange.In(context, uri, text), out var request))
        {
            nested.Leave();
            return false;
        }

        value = Decide(context, request) == ExtendedDecision.Permit;
        nested.Leave();
        // A loop is an error of the first call, whatever the policies inside made of it.
        return !nested.WasExceeded || context.Fail(nested.IsExceeded);
    }

    // There are policies to ask only when all are loaded.
    public override Expression Fold(EvaluationContext context) => this;

    private static ExtendedDecision Decide(EvaluationContext context, XacmlRequest request)
    {
        var trace = context.Trace is null ? null : new EvaluationTrace();
        var inner = new EvaluationContext(context.Program);
        inner.StartWithin(context, request, trace);
        try
        {
            return context.Program.DecisionPoint!.Decide(inner);
        }
        catch (Exception)
        {
            // Foreign code; as anywhere else, what it throws is Indeterminate, which is no permission.
            return ExtendedDecision.IndeterminateDP;
        }
        finally
        {
            if (trace is not null) context.Trace!.Asked(trace.Roots);
        }
    }
}
