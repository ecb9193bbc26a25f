namespace Provisioning.Xacml;

/// <summary>An unordered collection of values of one type.</summary>
internal sealed class Bag(IReadOnlyList<Value> values)
{
    public static readonly Bag Empty = new([]);

    public IReadOnlyList<Value> Values => values;
}
