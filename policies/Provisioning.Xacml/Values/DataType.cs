namespace Provisioning.Xacml;

/// <summary>A data type: how its values are read, written and compared. Instances are unique, so that types compare by reference.</summary>
public abstract partial class DataType : IExpressionType
{
    private protected DataType(string uri, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Uri = uri;
        Name = name;
    }

    /// <summary>The identifier.</summary>
    public string Uri { get; }

    /// <summary>The short name, as in the identifiers of functions.</summary>
    public string Name { get; }

    DataType IExpressionType.Element => this;

    bool IExpressionType.IsBag => false;

    /// <summary>The type of bags of this type.</summary>
    internal abstract IExpressionType BagType { get; }

    internal abstract Bag Empty { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Adds the value written in <paramref name="text"/> to a bag of this type, or answers false.</summary>
    internal abstract bool TryAppend(Bag bag, string text);

    /// <summary>Adds the value written in <paramref name="text"/> to a bag of this type, or answers false.</summary>
    internal abstract bool TryAppend(Bag bag, ReadOnlySpan<char> text);

    /// <summary>Whether a text is a value of this type.</summary>
    internal abstract bool Accepts(ReadOnlySpan<char> text);

    internal abstract Bag NewBag();

    /// <summary>A literal; null if the text is not a value of this type.</summary>
    internal abstract Expression? Constant(string text);

    internal abstract Expression Designator(AttributeSlot slot, bool mustBePresent);

    internal abstract Expression Selector(SelectorPath path, Expression<Bag<XPathValue>>? start, bool mustBePresent);

    /// <summary>The value of a bag that a higher-order function is at.</summary>
    internal abstract Expression Item(int cursor);

    /// <summary>A match by equality with a constant, which a target index can use.</summary>
    internal abstract Match EqualityMatch(Expression constant, Expression bag);
}
