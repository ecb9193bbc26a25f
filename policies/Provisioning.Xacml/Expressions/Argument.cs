using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Provisioning.Xacml;

/// <summary>An argument of a call. Most are constants, or attributes that are there already; those are taken here and now, without asking another
/// expression.</summary>
internal readonly struct Argument<T>
    where T : notnull
{
    private readonly Expression<T> _expression;
    private readonly AttributeSlot? _slot;
    private readonly bool _isConstant;
    private readonly bool _isBag;
    private readonly T? _constant;

    public Argument(Expression<T> expression)
    {
        _expression = expression;
        _isBag = expression is IDesignator;
        _slot = (expression as IDesignator)?.Slot ?? (expression as OneAndOnly<T>)?.Slot;
        if (expression is not Constant<T> constant) return;
        (_isConstant, _constant) = (true, constant.Value);
    }

    public bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out T value)
    {
        if (_isConstant)
        {
            value = _constant!;
            return true;
        }

        // A slot holds bags of its own type only.
        if (_slot is not null && context.Trace is null && context.Known(_slot) is { Count: > 0 } known)
        {
            if (_isBag)
            {
                value = Unsafe.As<Bag, T>(ref known);
                return true;
            }

            if (known.Count == 1)
            {
                value = Unsafe.As<Bag<T>>(known).Values[0];
                return true;
            }
        }

        return _expression.TryEvaluate(context, out value);
    }
}
