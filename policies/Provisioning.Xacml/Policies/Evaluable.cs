namespace Provisioning.Xacml;

/// <summary>Something that combining algorithms combine.</summary>
internal abstract class Evaluable
{
    public abstract NodeResult Evaluate(EvaluationContext context);

    /// <summary>Whether the target matches, without evaluating what is inside.</summary>
    public abstract MatchResult Match(EvaluationContext context);
}
