namespace Provisioning.Xacml;

/// <summary>Values of one data type, without order; repeated values count. Immutable once somebody else has seen it.</summary>
/// <typeparam name="T">The CLR type of the values.</typeparam>
public sealed class Bag<T> : Bag
    where T : notnull
{
    // Below this size comparing one by one is faster than hashing.
    private const int SmallSize = 8;
    private readonly DataType<T> _type;
    private T[] _values;
    private int _count;
    private HashSet<T>? _set;

    internal Bag(DataType<T> type, T[] values)
        : this(type, values, values.Length)
    {
    }

    internal Bag(DataType<T> type, T[] values, int count)
    {
        _type = type;
        _values = values;
        _count = count;
    }

    /// <inheritdoc/>
    public override DataType Type => _type;

    /// <inheritdoc/>
    public override int Count => _count;

    /// <summary>The values.</summary>
    public ReadOnlySpan<T> Values => new(_values, 0, _count);

    /// <inheritdoc/>
    public override string Text(int index) => _type.Format(Values[index]);

    /// <summary>The different values of a bag that is not small; null if it is.</summary>
    internal HashSet<T>? Large => _count > SmallSize ? _set ??= [.. Values] : null;

    /// <summary>Whether a value is in the bag.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether one of the values equals it.</returns>
    public bool Contains(T value)
    {
        if (Large is { } set) return set.Contains(value);
        // Text has its own way: for classes, the general comparison below is a virtual call.
        if (value is string text) return ContainsText(text);
        foreach (var one in Values)
        {
            if (EqualityComparer<T>.Default.Equals(one, value)) return true;
        }

        return false;
    }

    private bool ContainsText(string text)
    {
        var texts = (string[])(object)_values;
        for (var i = 0; i < _count; i++)
        {
            if (texts[i] == text) return true;
        }

        return false;
    }

    /// <summary>Adds a value while the bag is being made.</summary>
    internal void Append(T value)
    {
        if (_count == _values.Length) Array.Resize(ref _values, _count == 0 ? 1 : Math.Max(4, _count * 2));
        _values[_count++] = value;
        _set?.Add(value);
    }

    internal override void Append(Bag more)
    {
        foreach (var value in ((Bag<T>)more).Values) Append(value);
    }

    internal override Bag Copy() => new Bag<T>(_type, Values.ToArray());
}
