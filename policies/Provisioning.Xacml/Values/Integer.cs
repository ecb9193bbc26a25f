using System.Globalization;
using System.Numerics;

namespace Provisioning.Xacml;

/// <summary>A whole number of any size; those that fit into 64 bits cost no more than that.</summary>
public readonly struct Integer : IEquatable<Integer>, IComparable<Integer>
{
    // Reading a number costs the square of its length; nothing sensible is longer.
    private const int MaxDigits = 1000;

    // Large results are bounded too: repeated multiplication must not fill the memory.
    private const long MaxBits = 4096;
    private readonly long _small;
    private readonly object? _large;

    /// <summary>A number of at most 64 bits.</summary>
    /// <param name="value">The number.</param>
    public Integer(long value) => _small = value;

    /// <summary>A number of any size.</summary>
    /// <param name="value">The number.</param>
    public Integer(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue) _small = (long)value;
        else _large = value;
    }

    /// <summary>Whether the number is 0.</summary>
    public bool IsZero => _large is null && _small == 0;

    private BigInteger Big => _large is BigInteger large ? large : _small;

    /// <summary>A number as an integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Integer(long value) => new(value);

    /// <summary>A number of any size as an integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Integer(BigInteger value) => new(value);

    /// <summary>The number as it is.</summary>
    /// <param name="value">The integer.</param>
    public static explicit operator BigInteger(Integer value) => value.Big;

    /// <summary>The nearest floating point number.</summary>
    /// <param name="value">The integer.</param>
    public static explicit operator double(Integer value) => value._large is null ? value._small : (double)value.Big;

    /// <summary>Whether two numbers are equal.</summary>
    public static bool operator ==(Integer left, Integer right) => left.Equals(right);

    /// <summary>Whether two numbers differ.</summary>
    public static bool operator !=(Integer left, Integer right) => !left.Equals(right);

    /// <summary>Whether one number is less than another.</summary>
    public static bool operator <(Integer left, Integer right) => left.CompareTo(right) < 0;

    /// <summary>Whether one number is greater than another.</summary>
    public static bool operator >(Integer left, Integer right) => left.CompareTo(right) > 0;

    /// <summary>Whether one number is at most another.</summary>
    public static bool operator <=(Integer left, Integer right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one number is at least another.</summary>
    public static bool operator >=(Integer left, Integer right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a number of at most 1000 digits, with an optional sign.</summary>
    /// <param name="text">The digits.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether the text is a number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Integer value)
    {
        value = default;
        // .NET takes zero characters behind a number for a part of it.
        if (text.IsEmpty || !char.IsAsciiDigit(text[^1])) return false;
        if (text.Length < 19 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
        {
            value = small;
            return true;
        }

        var read = BigInteger.Zero;
        var valid = text.Length <= MaxDigits
            && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out read);
        value = read;
        return valid;
    }

    /// <inheritdoc/>
    public bool Equals(Integer other) => _small == other._small && (_large is null ? other._large is null : _large.Equals(other._large));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Integer other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _large?.GetHashCode() ?? _small.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(Integer other) =>
        _large is null && other._large is null ? _small.CompareTo(other._small) : Big.CompareTo(other.Big);

    /// <summary>The number as 64 bits, if it fits.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it fits.</returns>
    public bool TryGetInt64(out long value)
    {
        value = _small;
        return _large is null;
    }

    /// <inheritdoc/>
    public override string ToString() => _large is null ? _small.ToString(CultureInfo.InvariantCulture) : Big.ToString(CultureInfo.InvariantCulture);

    internal static Result<Integer> Add(Integer left, Integer right)
    {
        var sum = unchecked(left._small + right._small);
        var overflow = ((left._small ^ sum) & (right._small ^ sum)) < 0;
        return left._large is null && right._large is null && !overflow ? new Integer(sum) : Bounded(left.Big + right.Big);
    }

    internal static Result<Integer> Subtract(Integer left, Integer right)
    {
        var difference = unchecked(left._small - right._small);
        var overflow = ((left._small ^ right._small) & (left._small ^ difference)) < 0;
        return left._large is null && right._large is null && !overflow ? new Integer(difference) : Bounded(left.Big - right.Big);
    }

    internal static Result<Integer> Multiply(Integer left, Integer right)
    {
        if (left._large is null && right._large is null)
        {
            var high = Math.BigMul(left._small, right._small, out var low);
            // The upper half is all sign: the product fits into the lower.
            if (high == low >> 63) return new Integer(low);
        }

        return Bounded(left.Big * right.Big);
    }

    internal static Result<Integer> Divide(Integer left, Integer right) =>
        right.IsZero ? Failure.DivisionByZero
        : left._large is null && right._large is null && right._small != -1 ? new Integer(left._small / right._small)
        : Bounded(BigInteger.Divide(left.Big, right.Big));

    internal static Result<Integer> Remainder(Integer left, Integer right) =>
        right.IsZero ? Failure.DivisionByZero
        : left._large is null && right._large is null && right._small != -1 ? new Integer(Remainder(left._small, right._small))
        : Bounded(BigInteger.Remainder(left.Big, right.Big));

    // Half the width takes half the time, and numbers are nearly always small.
    private static long Remainder(long left, long right) => (int)left == left && (int)right == right ? (int)left % (int)right : left % right;

    internal static Integer Abs(Integer value) => value._large is null && value._small >= 0 ? value : BigInteger.Abs(value.Big);

    private static Result<Integer> Bounded(BigInteger value) =>
        value.GetBitLength() <= MaxBits ? new Integer(value) : Failure.Limit($"a number of more than {MaxBits} bits");
}
