using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Provisioning.Xacml;

/// <summary>Children by the value that an attribute must have.</summary>
/// <param name="keyed">The children that ask for the attribute, and how.</param>
/// <param name="others">The children that do not; null if there are none.</param>
internal abstract class AttributeSplit(KeyedChildren keyed, TargetIndex? others) : TargetIndex
{
    // Beside the rest of this object, and so a step nearer.
    private readonly AttributeSlot _slot = keyed.Slot;

    public override void Collect(EvaluationContext context)
    {
        others?.Collect(context);
        if (!context.TryResolve(_slot, out var bag)) context.Candidates.Push(keyed.All);
        else if (bag.Count == 0) context.Candidates.Push(keyed.WhenMissing);
        else CollectValues(context, bag);
    }

    /// <summary>About how many children there will be to look at, the way to them included.</summary>
    public double Expected(EvaluationContext context) => context.TryResolve(_slot, out var bag) ? keyed.Others + (bag.Count * keyed.PerValue) : keyed.Total;

    protected abstract void CollectValues(EvaluationContext context, Bag bag);
}

/// <summary>Children that have a match by equality on an attribute.</summary>
/// <param name="Slot">The attribute.</param>
/// <param name="All">The children.</param>
/// <param name="WhenMissing">Those among them for which a missing attribute is an error.</param>
/// <param name="Values">How many different values they ask for.</param>
/// <param name="Others">How many children there are beside them.</param>
internal sealed record KeyedChildren(AttributeSlot Slot, int[] All, int[] WhenMissing, int Values, int Others)
{
    public double Total => All.Length + Others;

    /// <summary>How many there are on average for each value, and the look-up for it.</summary>
    public double PerValue { get; } = (All.Length / (double)Values) + 0.5;
}

/// <summary>Children by a value of any type.</summary>
internal sealed class ValueSplit<T>(KeyedChildren keyed, FrozenDictionary<T, TargetIndex> byValue, TargetIndex? others) : AttributeSplit(keyed, others)
    where T : notnull
{
    protected override void CollectValues(EvaluationContext context, Bag bag)
    {
        // A slot holds bags of its own type only.
        var values = Unsafe.As<Bag<T>>(bag);
        if (values.Large is { } distinct)
        {
            foreach (var value in distinct)
            {
                if (byValue.TryGetValue(value, out var index)) index.Collect(context);
            }

            return;
        }

        foreach (var value in values.Values)
        {
            if (byValue.TryGetValue(value, out var index)) index.Collect(context);
        }
    }
}

/// <summary>Children by a text.</summary>
internal sealed class TextSplit(KeyedChildren keyed, TextTable<TargetIndex> byText, TargetIndex? others) : AttributeSplit(keyed, others)
{
    protected override void CollectValues(EvaluationContext context, Bag bag)
    {
        // A slot holds bags of its own type only.
        var values = Unsafe.As<Bag<string>>(bag);
        if (values.Large is { } distinct)
        {
            foreach (var value in distinct) byText.Find(value)?.Collect(context);
            return;
        }

        foreach (var value in values.Values) byText.Find(value)?.Collect(context);
    }
}
