namespace Provisioning.Xacml;

/// <summary>What must hold of attributes with a single value for a target to be reached: for each, the values that are left.</summary>
internal sealed class Requirements
{
    public static readonly Requirements None = new([]);

    private readonly Dictionary<AttributeSlot, HashSet<object>> _allowed;

    private Requirements(Dictionary<AttributeSlot, HashSet<object>> allowed) => _allowed = allowed;

    /// <summary>Adds what a target requires. Null if nothing can satisfy both; then <paramref name="why"/> names the attribute.</summary>
    public Requirements? With(Target target, Func<AttributeSlot, bool> isSingle, out AttributeSlot? why)
    {
        why = null;
        var allowed = new Dictionary<AttributeSlot, HashSet<object>>(_allowed);
        foreach (var anyOf in target.AnyOfs)
        {
            foreach (var (slot, values) in Of(anyOf, isSingle, ref why))
            {
                var left = allowed.TryGetValue(slot, out var before) ? [.. before.Intersect(values)] : values;
                if (left.Count == 0)
                {
                    why = slot;
                    return null;
                }

                allowed[slot] = left;
            }

            if (why is not null) return null;
        }

        return new(allowed);
    }

    // The values of attributes that every AllOf compares. One that contradicts itself matches nothing and does not count; if all do,
    // the attribute behind it is the reason.
    private static Dictionary<AttributeSlot, HashSet<object>> Of(Match[][] anyOf, Func<AttributeSlot, bool> isSingle, ref AttributeSlot? why)
    {
        Dictionary<AttributeSlot, HashSet<object>>? shared = null;
        AttributeSlot? contradicted = null;
        foreach (var allOf in anyOf)
        {
            if (Of(allOf, isSingle, out var contradiction) is not { } own)
            {
                contradicted = contradiction;
                continue;
            }

            if (shared is null)
            {
                shared = own;
                continue;
            }

            foreach (var slot in shared.Keys.ToList())
            {
                if (own.TryGetValue(slot, out var more)) shared[slot].UnionWith(more);
                else shared.Remove(slot);
            }
        }

        if (shared is null) why = contradicted;
        return shared ?? [];
    }

    private static Dictionary<AttributeSlot, HashSet<object>>? Of(Match[] allOf, Func<AttributeSlot, bool> isSingle, out AttributeSlot? contradiction)
    {
        var values = new Dictionary<AttributeSlot, HashSet<object>>();
        foreach (var match in allOf)
        {
            if (match is not KeyedMatch { Designator.Slot: { } slot } keyed || !isSingle(slot)) continue;
            contradiction = slot;
            if (!values.TryGetValue(slot, out var before)) values.Add(slot, [keyed.BoxedKey]);
            else if (!before.Contains(keyed.BoxedKey)) return null;
        }

        contradiction = null;
        return values;
    }
}
