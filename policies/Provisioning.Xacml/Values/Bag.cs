namespace Provisioning.Xacml;

/// <summary>Values of one data type, without order; repeated values count.</summary>
public abstract class Bag
{
    // Up to this size comparing one by one is faster than hashing.
    internal const int SmallSize = 8;

    private protected Bag(int count) => Count = count;

    /// <summary>The type of the values.</summary>
    public abstract DataType Type { get; }

    /// <summary>How many values there are.</summary>
    public int Count { get; private protected set; }

    /// <summary>The lexical form of one of the values.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <returns>The canonical text.</returns>
    public abstract string Text(int index);

    /// <summary>A bag with the same values that does not change with this one.</summary>
    internal abstract Bag Copy();

    /// <summary>Adds the values of a bag of the same type while this one is being made.</summary>
    internal abstract void Append(Bag more);
}
