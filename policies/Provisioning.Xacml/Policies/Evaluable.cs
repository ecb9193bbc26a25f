namespace Provisioning.Xacml;

/// <summary>Something that combining algorithms combine.</summary>
internal abstract class Evaluable
{
    public abstract Target Target { get; }

    public abstract string Id { get; }

    /// <summary>Begins to record its evaluation.</summary>
    public abstract void Enter(TraceWriter trace);

    /// <summary>Decides. When the decision is Indeterminate, the context says why.</summary>
    public abstract ExtendedDecision Evaluate(EvaluationContext context);
}
