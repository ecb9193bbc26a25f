using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Provisioning.Xacml;

/// <summary>Takes the only value out of a bag. Nearly every condition does, so that it is not left to a function.</summary>
internal sealed class OneAndOnly<T>(DataType<T> type, Expression<Bag<T>> bag) : Expression<T>(type)
    where T : notnull
{
    private static readonly string[] NotOne = [StatusCodes.NotOneValue];

    // Nearly always the bag is an attribute: what is there already needs no other expression to find it.
    private readonly AttributeSlot? _slot = (bag as Designator<T>)?.Slot;

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out T value)
    {
        if (_slot is not null && context.Known(_slot) is { Count: 1 } known && context.Trace is null)
        {
            // A slot holds bags of its own type only.
            value = Unsafe.As<Bag<T>>(known).Values[0];
            return true;
        }

        value = default;
        if (!bag.TryEvaluate(context, out var values)) return false;
        if (values.Count != 1) return context.Fail(Failure.Processing($"{type.Name}-one-and-only got {values.Count} values") with { MinorCodes = NotOne });
        value = values.Values[0];
        return true;
    }
}
