namespace Provisioning.Xacml;

/// <summary>Builds the index over the targets of children, one attribute after the other as long as that pays.</summary>
internal static class TargetIndexBuilder
{
    // So many targets are evaluated about as fast as a look-up.
    private const int SmallSize = 3;

    public static TargetIndex? Build(ReadOnlySpan<Evaluable> children)
    {
        if (children.Length <= SmallSize) return null;
        var keys = new TargetKeys[children.Length];
        var all = new List<int>(children.Length);
        for (var i = 0; i < children.Length; i++)
        {
            keys[i] = new(children[i].Target);
            all.Add(i);
        }

        var index = Build(all, keys, []);
        return index is TargetList ? null : index;
    }

    private static TargetIndex Build(List<int> children, TargetKeys[] keys, HashSet<AttributeSlot> used)
    {
        if (children.Count <= SmallSize || BestSlot(children, keys, used) is not { } slot) return new TargetList([.. children]);
        var keyed = children.Where(child => keys[child].Has(slot)).ToList();
        var others = children.Where(child => !keys[child].Has(slot)).ToList();
        HashSet<AttributeSlot> now = [.. used, slot];
        return keys[keyed[0]].Of(slot)[0].Split(slot, keyed, keys, part => Build(part, keys, now), others.Count == 0 ? null : Build(others, keys, now));
    }

    /// <summary>The attribute that leaves the fewest children to look at; null if none leaves out enough.</summary>
    private static AttributeSlot? BestSlot(List<int> children, TargetKeys[] keys, HashSet<AttributeSlot> used)
    {
        var uses = new Dictionary<AttributeSlot, (int Children, HashSet<object> Values)>();
        foreach (var child in children)
        {
            foreach (var slot in keys[child].Slots)
            {
                if (used.Contains(slot)) continue;
                var (count, values) = uses.GetValueOrDefault(slot, (0, []));
                foreach (var match in keys[child].Of(slot)) values.Add(match.BoxedKey);
                uses[slot] = (count + 1, values);
            }
        }

        AttributeSlot? best = null;
        var least = children.Count * 0.75;
        foreach (var (slot, (count, values)) in uses)
        {
            var expected = children.Count - count + ((double)count / values.Count);
            if (expected >= least) continue;
            (best, least) = (slot, expected);
        }

        return best;
    }
}
