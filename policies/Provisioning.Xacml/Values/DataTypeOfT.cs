using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>Reads a value from its lexical form; white space around it is gone already.</summary>
/// <typeparam name="T">The CLR type of the value.</typeparam>
/// <param name="text">The lexical form.</param>
/// <param name="value">The value.</param>
/// <returns>Whether the text is a value.</returns>
public delegate bool TryParseValue<T>(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value);

/// <summary>A data type whose values are of the CLR type <typeparamref name="T"/>. Create one instance for each type.</summary>
/// <typeparam name="T">Immutable, and with an equality that is that of the data type.</typeparam>
public sealed class DataType<T> : DataType, IExpressionType<T>
    where T : notnull
{
    private readonly TryParseValue<T> _parse;
    private readonly Func<T, string> _format;

    /// <summary>Defines a data type.</summary>
    /// <param name="uri">The identifier.</param>
    /// <param name="name">The short name.</param>
    /// <param name="parse">Reads a value from its lexical form.</param>
    /// <param name="format">Writes the canonical lexical form.</param>
    public DataType(string uri, string name, TryParseValue<T> parse, Func<T, string> format)
        : base(uri, name)
    {
        ArgumentNullException.ThrowIfNull(parse);
        ArgumentNullException.ThrowIfNull(format);
        _parse = parse;
        _format = format;
        Bag = new BagType<T>(this);
        EmptyBag = new Bag<T>(this, []);
    }

    /// <summary>The type of bags of this type.</summary>
    public IExpressionType<Bag<T>> Bag { get; }

    /// <summary>A bag of this type without values.</summary>
    public Bag<T> EmptyBag { get; }

    internal override IExpressionType BagType => Bag;

    internal override Bag Empty => EmptyBag;

    /// <summary>Whether white space around a value belongs to it.</summary>
    internal bool KeepsSpace { get; init; }

    /// <summary>Makes a bag.</summary>
    /// <param name="values">The values, in any order; repeated ones stay.</param>
    /// <returns>The bag.</returns>
    public Bag<T> BagOf(params ReadOnlySpan<T> values) => values.IsEmpty ? EmptyBag : new(this, values.ToArray());

    /// <summary>Reads a value.</summary>
    /// <param name="text">The lexical form; white space around it does not count unless the type keeps it.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the text is a value of this type.</returns>
    public bool TryParse(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value) =>
        _parse(KeepsSpace ? text : text.Trim(XmlLexical.Space), out value);

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The lexical form.</returns>
    public string Format(T value) => _format(value);

    Bag IExpressionType<T>.ToBag(T value) => new Bag<T>(this, [value]);

    internal bool TryParse(string text, [MaybeNullWhen(false)] out T value)
    {
        // Text that is kept as it is needs no copy.
        if (KeepsSpace && text is T same)
        {
            value = same;
            return true;
        }

        return TryParse(text.AsSpan(), out value);
    }

    internal override bool TryAppend(Bag bag, string text)
    {
        if (!TryParse(text, out var value)) return false;
        ((Bag<T>)bag).Append(value);
        return true;
    }

    internal override bool TryAppend(Bag bag, ReadOnlySpan<char> text)
    {
        if (!TryParse(text, out var value)) return false;
        ((Bag<T>)bag).Append(value);
        return true;
    }

    internal override bool Accepts(ReadOnlySpan<char> text) => KeepsSpace || TryParse(text, out _);

    internal override Bag NewBag() => new Bag<T>(this, []);

    internal override Expression? Constant(string text) => TryParse(text, out var value) ? new Constant<T>(this, value) : null;

    internal override Expression Designator(AttributeSlot slot, bool mustBePresent) => new Designator<T>(this, slot, mustBePresent);

    internal override Expression Selector(SelectorPath path, Expression<Bag<XPathValue>>? start, bool mustBePresent) =>
        new AttributeSelector<T>(this, path, start, mustBePresent);

    internal override Expression Item(int cursor) => new Item<T>(this, cursor);

    internal override Match EqualityMatch(Expression constant, Expression bag) =>
        constant is Constant<string> text && bag is Expression<Bag<string>> texts
            ? new StringMatch(text.Value, texts)
            : new EqualityMatch<T>(((Constant<T>)constant).Value, (Expression<Bag<T>>)bag);
}

/// <summary>The type of the bags of a data type.</summary>
internal sealed class BagType<T>(DataType<T> element) : IExpressionType<Bag<T>>
    where T : notnull
{
    public DataType Element => element;

    public bool IsBag => true;

    public Bag ToBag(Bag<T> value) => value;

    public override string ToString() => $"bag of {element.Name}";
}
