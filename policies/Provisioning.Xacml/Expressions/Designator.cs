using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Provisioning.Xacml;

/// <summary>Reads an attribute.</summary>
internal sealed class Designator<T>(DataType<T> type, AttributeSlot slot, bool mustBePresent) : Expression<Bag<T>>(type.Bag), IDesignator
    where T : notnull
{
    public AttributeSlot Slot => slot;

    public bool MustBePresent => mustBePresent;

    public override ClockPart? Moving => slot.Clock;

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out Bag<T> value)
    {
        if (!context.TryResolve(slot, out var bag))
        {
            value = null;
            return false;
        }

        // A slot holds bags of its own type only; the check would be the most expensive part of this method.
        value = Unsafe.As<Bag<T>>(bag);
        context.Trace?.Read(slot, bag, mustBePresent);
        return value.Count > 0 || !mustBePresent || context.Fail(slot.IsMissing);
    }
}

/// <summary>An expression that reads an attribute, of whatever type.</summary>
internal interface IDesignator
{
    AttributeSlot Slot { get; }

    bool MustBePresent { get; }
}
