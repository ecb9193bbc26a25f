namespace Provisioning.Xacml;

/// <summary>Uses a variable; its value is computed once per request, so that nested variables cannot explode.</summary>
internal sealed class VariableReference(VariableDefinition definition) : Expression
{
    public override ExpressionType Type => definition.Expression.Type;

    public override object Evaluate(EvaluationContext context)
    {
        if (context.Variables.TryGetValue(definition, out var known))
            return known is EvaluationException error ? throw error : known;
        try
        {
            return context.Variables[definition] = definition.Expression.Evaluate(context);
        }
        catch (EvaluationException error)
        {
            context.Variables[definition] = error;
            throw;
        }
    }
}
