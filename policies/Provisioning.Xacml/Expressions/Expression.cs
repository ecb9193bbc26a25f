namespace Provisioning.Xacml;

/// <summary>A compiled, type-checked expression.</summary>
internal abstract class Expression
{
    public abstract ExpressionType Type { get; }

    /// <summary>Answers a <see cref="Value"/>, or a <see cref="Bag"/> if the type says so.</summary>
    public abstract object Evaluate(EvaluationContext context);
}
