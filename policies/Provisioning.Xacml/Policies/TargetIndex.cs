using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Provisioning.Xacml;

/// <summary>Finds the children whose target may match. What it leaves out certainly does not match: in one of the AnyOf of its target, every AllOf
/// compares the same attribute with literals that the request does not have. Everything else, errors too, is for the child itself to find.</summary>
internal abstract class TargetIndex
{
    /// <summary>Pushes the children to look at, in any order and perhaps repeatedly.</summary>
    public abstract void Collect(EvaluationContext context);
}

/// <summary>Children that are always to be looked at.</summary>
internal sealed class TargetList(int[] children) : TargetIndex
{
    public override void Collect(EvaluationContext context) => context.Candidates.Push(children);
}

/// <summary>Children by the value that an attribute must have.</summary>
/// <param name="slot">The attribute.</param>
/// <param name="byValue">The children that want a value.</param>
/// <param name="all">All children that want some value.</param>
/// <param name="whenMissing">Those among them for which a missing attribute is an error.</param>
/// <param name="others">The children that do not ask for the attribute in this way.</param>
internal sealed class TargetSplit<T>(
    AttributeSlot slot, FrozenDictionary<T, TargetIndex> byValue, int[] all, int[] whenMissing, TargetIndex? others) : TargetIndex
    where T : notnull
{
    public override void Collect(EvaluationContext context)
    {
        others?.Collect(context);
        if (!context.TryResolve(slot, out var bag)) context.Candidates.Push(all);
        else if (bag.Count == 0) context.Candidates.Push(whenMissing);
        // A slot holds bags of its own type only.
        else CollectValues(context, Unsafe.As<Bag<T>>(bag));
    }

    private void CollectValues(EvaluationContext context, Bag<T> bag)
    {
        if (bag.Large is { } distinct)
        {
            foreach (var value in distinct)
            {
                if (byValue.TryGetValue(value, out var index)) index.Collect(context);
            }

            return;
        }

        foreach (var value in bag.Values)
        {
            if (byValue.TryGetValue(value, out var index)) index.Collect(context);
        }
    }
}
