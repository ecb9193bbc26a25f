using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>An expression that takes something from the clock, with what is to be noted whenever it is evaluated.</summary>
/// <param name="type">The type of the value.</param>
/// <param name="expression">The expression.</param>
/// <param name="note">Notes when the value changes; null if the value only moves on with the clock.</param>
/// <param name="moving">What the value itself takes from the clock, for those who compare it.</param>
internal sealed class ClockNoted<T>(IExpressionType<T> type, Expression<T> expression, Action<ClockWatch>? note, ClockPart? moving) : Expression<T>(type)
    where T : notnull
{
    public override ClockPart? Moving => moving;

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out T value)
    {
        note?.Invoke(context.Clock);
        return expression.TryEvaluate(context, out value);
    }
}
