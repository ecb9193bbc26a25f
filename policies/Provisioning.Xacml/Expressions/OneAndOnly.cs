using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>Takes the only value out of a bag. Nearly every condition does, so that it is not left to a function.</summary>
internal sealed class OneAndOnly<T>(DataType<T> type, Expression<Bag<T>> bag) : Expression<T>(type)
    where T : notnull
{
    private static readonly string[] NotOne = [StatusCodes.NotOneValue];

    /// <summary>The attribute that the bag is; null if it is something else.</summary>
    public AttributeSlot? Slot { get; } = (bag as IDesignator)?.Slot;

    public override ClockPart? Moving => bag.Moving;

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (!bag.TryEvaluate(context, out var values)) return false;
        if (values.Count != 1) return context.Fail(Failure.Processing($"{type.Name}-one-and-only got {values.Count} values") with { MinorCodes = NotOne });
        value = values.Values[0];
        return true;
    }
}
