namespace Provisioning.Xacml;

/// <summary>A compiled, type-checked expression.</summary>
internal abstract class Expression
{
    public abstract IExpressionType Type { get; }

    /// <summary>Whether the value is known when the policy is compiled.</summary>
    public virtual bool IsConstant => false;

    /// <summary>What the value takes from the clock, so that it moves on as time passes; null if it does not.</summary>
    public virtual ClockPart? Moving => null;

    /// <summary>Evaluates to a bag; a single value is a bag of one.</summary>
    public abstract bool TryGetBag(EvaluationContext context, out Bag bag);

    /// <summary>A use of this expression as a variable, whose value is kept in a cell of the context.</summary>
    public abstract Expression Reference(int cell);

    /// <summary>This call, made so that several places can share its value.</summary>
    public abstract Expression Shared();

    /// <summary>This expression, which takes something from the clock, with what is to be noted whenever it is evaluated.</summary>
    /// <param name="note">Notes when the value changes; null if the value only moves on with the clock.</param>
    /// <param name="moving">What the value itself takes from the clock.</param>
    public abstract Expression Noted(Action<ClockWatch>? note, ClockPart? moving);

    /// <summary>The constant that this expression is, if all it depends on is constant and it does not fail.</summary>
    public abstract Expression Fold(EvaluationContext context);

    /// <summary>The bag of what this expression answers for all combinations of the arguments' values; null if it answers bags.</summary>
    public abstract Expression? Map(Expression[] arguments);
}
