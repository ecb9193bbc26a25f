using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>Calls a function of one argument that can fail.</summary>
internal sealed class TryApply<T1, TResult>(IExpressionType<TResult> type, Func<T1, Result<TResult>> body, Expression<T1> argument) : Expression<TResult>(type)
    where T1 : notnull
    where TResult : notnull
{
    private readonly Argument<T1> _argument = new(argument);

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out TResult value)
    {
        if (_argument.TryEvaluate(context, out var a)) return context.Take(body(a), out value);
        value = default;
        return false;
    }
}

/// <summary>Calls a function of two arguments that can fail.</summary>
internal sealed class TryApply<T1, T2, TResult>(IExpressionType<TResult> type, Func<T1, T2, Result<TResult>> body, Expression<T1> first, Expression<T2> second)
    : Expression<TResult>(type)
    where T1 : notnull
    where T2 : notnull
    where TResult : notnull
{
    private readonly Argument<T1> _first = new(first);
    private readonly Argument<T2> _second = new(second);

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out TResult value)
    {
        if (_first.TryEvaluate(context, out var a) && _second.TryEvaluate(context, out var b)) return context.Take(body(a, b), out value);
        value = default;
        return false;
    }
}

/// <summary>Calls a function of three arguments that can fail.</summary>
internal sealed class TryApply<T1, T2, T3, TResult>(
    IExpressionType<TResult> type, Func<T1, T2, T3, Result<TResult>> body, Expression<T1> first, Expression<T2> second, Expression<T3> third) : Expression<TResult>(type)
    where T1 : notnull
    where T2 : notnull
    where T3 : notnull
    where TResult : notnull
{
    private readonly Argument<T1> _first = new(first);
    private readonly Argument<T2> _second = new(second);
    private readonly Argument<T3> _third = new(third);

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out TResult value)
    {
        if (_first.TryEvaluate(context, out var a) && _second.TryEvaluate(context, out var b) && _third.TryEvaluate(context, out var c))
            return context.Take(body(a, b, c), out value);
        value = default;
        return false;
    }
}

/// <summary>Calls a function of any number of arguments of one type.</summary>
internal sealed class TryApplyMany<T1, TResult>(IExpressionType<TResult> type, Func<T1[], Result<TResult>> body, Expression<T1>[] arguments) : Expression<TResult>(type)
    where T1 : notnull
    where TResult : notnull
{
    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out TResult value)
    {
        value = default;
        var values = new T1[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!arguments[i].TryEvaluate(context, out var one)) return false;
            values[i] = one;
        }

        return context.Take(body(values), out value);
    }
}

/// <summary>Takes arguments in from the left, two at a time.</summary>
internal sealed class ChainApply<T1>(IExpressionType<T1> type, Func<T1, T1, Result<T1>> step, Expression<T1>[] arguments) : Expression<T1>(type)
    where T1 : notnull
{
    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out T1 value)
    {
        if (!arguments[0].TryEvaluate(context, out value)) return false;
        for (var i = 1; i < arguments.Length; i++)
        {
            if (!arguments[i].TryEvaluate(context, out var next) || !context.Take(step(value, next), out value)) return false;
        }

        return true;
    }
}
