namespace Provisioning.Xacml;

/// <summary>Compares a literal with each value of an attribute.</summary>
internal sealed class Match(Function function, Value literal, Expression attribute)
{
    public MatchResult Evaluate(EvaluationContext context)
    {
        try
        {
            Status? error = null;
            foreach (var value in ((Bag)attribute.Evaluate(context)).Values)
            {
                try
                {
                    if ((bool)((Value)function.Call([literal, value])).Native) return MatchResult.Yes;
                }
                catch (EvaluationException failed)
                {
                    error ??= failed.Status;
                }
            }

            return new(false, error);
        }
        catch (EvaluationException failed)
        {
            return new(false, failed.Status);
        }
    }
}
