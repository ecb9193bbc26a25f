using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>Uses a variable; its value is computed once per request, so that nested variables cannot explode.</summary>
internal sealed class VariableReference<T>(IExpressionType<T> type, Expression<T> definition, int cell) : Expression<T>(type)
    where T : notnull
{
    public Expression<T> Definition => definition;

    public override ClockPart? Moving => definition.Moving;

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out T value)
    {
        var kept = context.Cell<T>(cell);
        if (!kept.IsKnown)
        {
            var read = context.Trace?.Reads ?? 0;
            kept.Failure = definition.TryEvaluate(context, out var computed) ? null : context.Failure;
            kept.Value = computed;
            kept.IsKnown = true;
            if (context.Trace is not null) kept.Reads = read..context.Trace.Reads;
        }
        else
        {
            context.Trace?.Repeat(kept.Reads);
        }

        value = kept.Value;
        return kept.Failure is null || context.Fail(kept.Failure);
    }
}

/// <summary>Where a variable's value is kept while one request is evaluated.</summary>
internal abstract class VariableCell
{
    public bool IsKnown { get; set; }

    public Failure? Failure { get; set; }

    /// <summary>What was read to compute it, in the order of a trace.</summary>
    public Range Reads { get; set; }

    /// <summary>Lets go of the value, which belongs to a request.</summary>
    public virtual void Forget() => (IsKnown, Failure) = (false, null);
}

/// <summary>Where a variable's value is kept, with its type.</summary>
internal sealed class VariableCell<T> : VariableCell
{
    public T? Value { get; set; }

    public override void Forget()
    {
        base.Forget();
        Value = default;
    }
}
