namespace Provisioning.Xacml;

/// <summary>An unordered collection of values of one data type. The values have no tag: types are checked when a policy is compiled.</summary>
internal sealed class Bag(object[] items)
{
    public static readonly Bag Empty = new([]);

    public object[] Items { get; } = items;

    public int Count => Items.Length;
}
