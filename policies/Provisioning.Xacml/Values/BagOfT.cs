namespace Provisioning.Xacml;

/// <summary>Values of one data type, without order; repeated values count. Immutable once somebody else has seen it.</summary>
/// <typeparam name="T">The CLR type of the values.</typeparam>
public sealed class Bag<T> : Bag
    where T : notnull
{
    private readonly DataType<T> _type;
    private T[] _values;
    private HashSet<T>? _set;

    internal Bag(DataType<T> type, T[] values)
        : this(type, values, values.Length)
    {
    }

    internal Bag(DataType<T> type, T[] values, int count)
        : base(count)
    {
        _type = type;
        _values = values;
    }

    /// <inheritdoc/>
    public override DataType Type => _type;

    /// <summary>The values.</summary>
    public ReadOnlySpan<T> Values => new(_values, 0, Count);

    /// <inheritdoc/>
    public override string Text(int index) => _type.Format(Values[index]);

    /// <summary>The different values of a bag that is not small; null if it is.</summary>
    internal HashSet<T>? Large => Count > SmallSize ? _set ??= [.. Values] : null;

    /// <summary>Whether a value is in the bag.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether one of the values equals it.</returns>
    public bool Contains(T value)
    {
        if (Large is { } set) return set.Contains(value);
        // Text has its own way: for classes, the general comparison below is a virtual call.
        if (value is string text) return TextSets.Contains(((Bag<string>)(Bag)this).Values, text);
        foreach (var one in Values)
        {
            if (EqualityComparer<T>.Default.Equals(one, value)) return true;
        }

        return false;
    }

    /// <summary>Adds a value while the bag is being made.</summary>
    internal void Append(T value)
    {
        if (Count == _values.Length) Array.Resize(ref _values, Count == 0 ? 1 : Math.Max(4, Count * 2));
        _values[Count++] = value;
        _set?.Add(value);
    }

    internal override void Append(Bag more)
    {
        foreach (var value in ((Bag<T>)more).Values) Append(value);
    }

    internal override Bag Copy() => new Bag<T>(_type, Values.ToArray());
}
