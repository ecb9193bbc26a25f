using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>The value of a bag that a match or a higher-order function is at.</summary>
internal sealed class Item<T>(DataType<T> type, int cursor) : Expression<T>(type)
    where T : notnull
{
    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out T value)
    {
        ref var at = ref context.Cursors[cursor];
        value = ((Bag<T>)at.Bag!).Values[at.Position];
        return true;
    }
}

/// <summary>A place in a bag.</summary>
internal struct Cursor
{
    public Bag? Bag;
    public int Position;
}
