using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>Calls a function of one argument that always has a value.</summary>
internal sealed class Apply<T1, TResult>(IExpressionType<TResult> type, Func<T1, TResult> body, Expression<T1> argument) : Expression<TResult>(type)
    where T1 : notnull
    where TResult : notnull
{
    private readonly Argument<T1> _argument = new(argument);

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out TResult value)
    {
        if (_argument.TryEvaluate(context, out var a))
        {
            value = body(a);
            return true;
        }

        value = default;
        return false;
    }
}

/// <summary>Calls a function of two arguments that always has a value.</summary>
internal sealed class Apply<T1, T2, TResult>(IExpressionType<TResult> type, Func<T1, T2, TResult> body, Expression<T1> first, Expression<T2> second) : Expression<TResult>(type)
    where T1 : notnull
    where T2 : notnull
    where TResult : notnull
{
    private readonly Argument<T1> _first = new(first);
    private readonly Argument<T2> _second = new(second);

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out TResult value)
    {
        if (_first.TryEvaluate(context, out var a) && _second.TryEvaluate(context, out var b))
        {
            value = body(a, b);
            return true;
        }

        value = default;
        return false;
    }
}
