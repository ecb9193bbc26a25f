using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>An expression whose value is of the CLR type <typeparamref name="T"/>.</summary>
internal abstract class Expression<T>(IExpressionType<T> type) : Expression
    where T : notnull
{
    public override IExpressionType Type => type;

    /// <summary>Evaluates. When there is no value, the context says why; nothing is thrown, since failures are part of daily business.</summary>
    public abstract bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out T value);

    public override bool TryGetBag(EvaluationContext context, out Bag bag)
    {
        if (TryEvaluate(context, out var value))
        {
            bag = type.ToBag(value);
            return true;
        }

        bag = type.Element.Empty;
        return false;
    }

    public override Expression Reference(int cell) => IsConstant ? this : new VariableReference<T>(type, this, cell);

    public override Expression Shared() => new SharedCall<T>(type, this);

    public override Expression Noted(Action<ClockWatch>? note, ClockPart? moving) => new ClockNoted<T>(type, this, note, moving);

    public override Expression Fold(EvaluationContext context) => TryEvaluate(context, out var value) ? new Constant<T>(type, value) : this;

    public override Expression? Map(Expression[] arguments) => type is DataType<T> element ? new MapApply<T>(element, this, arguments) : null;
}
