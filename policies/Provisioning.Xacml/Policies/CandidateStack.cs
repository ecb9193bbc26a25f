namespace Provisioning.Xacml;

/// <summary>The numbers of the children that target indexes find, for all levels of policy sets that are being evaluated.</summary>
internal sealed class CandidateStack
{
    private int[] _items = new int[16];

    public int Count { get; private set; }

    public void Push(ReadOnlySpan<int> children)
    {
        if (Count + children.Length > _items.Length) Array.Resize(ref _items, Math.Max(_items.Length * 2, Count + children.Length));
        children.CopyTo(_items.AsSpan(Count));
        Count += children.Length;
    }

    /// <summary>What was pushed since the mark, in ascending order and without repeats. Stays valid when more is pushed.</summary>
    public ReadOnlySpan<int> SortedSince(int mark)
    {
        var found = _items.AsSpan(mark, Count - mark);
        if (found.Length < 2) return found;
        found.Sort();
        var kept = 1;
        for (var i = 1; i < found.Length; i++)
        {
            if (found[i] != found[i - 1]) found[kept++] = found[i];
        }

        Count = mark + kept;
        return found[..kept];
    }

    public void PopTo(int mark) => Count = mark;

    public void Clear() => Count = 0;
}
