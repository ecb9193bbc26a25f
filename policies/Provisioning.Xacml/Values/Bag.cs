namespace Provisioning.Xacml;

/// <summary>Values of one data type, without order; repeated values count.</summary>
public abstract class Bag
{
    private protected Bag()
    {
    }

    /// <summary>The type of the values.</summary>
    public abstract DataType Type { get; }

    /// <summary>How many values there are.</summary>
    public abstract int Count { get; }

    /// <summary>The lexical form of one of the values.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <returns>The canonical text.</returns>
    public abstract string Text(int index);

    /// <summary>A bag with the same values that does not change with this one.</summary>
    internal abstract Bag Copy();

    /// <summary>Adds the values of a bag of the same type while this one is being made.</summary>
    internal abstract void Append(Bag more);
}
