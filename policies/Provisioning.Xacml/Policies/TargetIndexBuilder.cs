namespace Provisioning.Xacml;

/// <summary>Builds the index over the targets of children, one attribute after the other as long as that pays.</summary>
internal sealed class TargetIndexBuilder
{
    // So many targets are evaluated about as fast as a look-up.
    private const int SmallSize = 3;

    // A request may have so many values of one attribute, and one of another.
    private const double SmallDifference = 10;

    private readonly TargetKeys[] _keys;
    private readonly bool _mayLookAhead;

    private TargetIndexBuilder(ReadOnlySpan<Evaluable> children, bool mayLookAhead)
    {
        _keys = new TargetKeys[children.Length];
        for (var i = 0; i < children.Length; i++) _keys[i] = new(children[i].Target);
        _mayLookAhead = mayLookAhead;
    }

    /// <summary>The index; null if none pays.</summary>
    /// <param name="children">The children of a policy or policy set.</param>
    /// <param name="mayLookAhead">Whether attributes may be looked at that would perhaps not be asked for: whoever provides them may be slow.</param>
    public static TargetIndex? Build(ReadOnlySpan<Evaluable> children, bool mayLookAhead)
    {
        if (children.Length <= SmallSize) return null;
        var index = new TargetIndexBuilder(children, mayLookAhead).Build([.. Enumerable.Range(0, children.Length)], []);
        return index is TargetList ? null : index;
    }

    private TargetIndex Build(List<int> children, HashSet<AttributeSlot> used)
    {
        if (children.Count <= SmallSize) return new TargetList([.. children]);
        return BestSlots(children, used) switch
        {
            [] => new TargetList([.. children]),
            // On lower levels the second way would cost more memory than it saves time.
            [var best, var other, ..] when _mayLookAhead && used.Count == 0 =>
                new TargetChoice(Split(best, children, used), Split(other, children, used)),
            [var best, ..] => Split(best, children, used),
        };
    }

    private AttributeSplit Split(AttributeSlot slot, List<int> children, HashSet<AttributeSlot> used)
    {
        var keyed = children.Where(child => _keys[child].Has(slot)).ToList();
        var others = children.Where(child => !_keys[child].Has(slot)).ToList();
        HashSet<AttributeSlot> now = [.. used, slot];
        var rest = others.Count == 0 ? null : Build(others, now);
        return _keys[keyed[0]].Of(slot)[0].Split(slot, keyed, _keys, part => Build(part, now), (rest, others.Count));
    }

    /// <summary>The attributes by which it pays to split, the one that leaves the fewest children to look at first, if a request has one value.
    /// Others behind it may be better for a request that has several, and that differ little are in the answer too.</summary>
    private List<AttributeSlot> BestSlots(List<int> children, HashSet<AttributeSlot> used)
    {
        var uses = new Dictionary<AttributeSlot, (int Children, HashSet<object> Values)>();
        foreach (var child in children)
        {
            foreach (var slot in _keys[child].Slots)
            {
                if (used.Contains(slot)) continue;
                var (count, values) = uses.GetValueOrDefault(slot, (0, []));
                foreach (var match in _keys[child].Of(slot)) values.Add(match.BoxedKey);
                uses[slot] = (count + 1, values);
            }
        }

        var expected = uses
            .Select(use => (Slot: use.Key, Left: children.Count - use.Value.Children + ((double)use.Value.Children / use.Value.Values.Count)))
            .Where(use => use.Left < children.Count * 0.75)
            .OrderBy(use => use.Left)
            .ToList();
        return [.. expected.Where(use => use.Left <= expected[0].Left * SmallDifference).Select(use => use.Slot)];
    }
}
