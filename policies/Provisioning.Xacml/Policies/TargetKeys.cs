namespace Provisioning.Xacml;

/// <summary>By which attributes a target can be found: those that one of its AnyOf compares with a literal in each of its AllOf.</summary>
internal readonly struct TargetKeys
{
    private readonly Dictionary<AttributeSlot, KeyedMatch[]> _matches = [];

    public TargetKeys(Target target)
    {
        foreach (var anyOf in target.AnyOfs)
        {
            if (anyOf.Length == 0) continue;
            foreach (var first in anyOf[0])
            {
                if (first is KeyedMatch { Designator.Slot: { } slot } && !Has(slot) && OnePerAllOf(anyOf, slot) is { } matches)
                    _matches.Add(slot, matches);
            }
        }
    }

    public IEnumerable<AttributeSlot> Slots => _matches.Keys;

    public bool Has(AttributeSlot slot) => _matches.ContainsKey(slot);

    /// <summary>The matches on an attribute of which one must hold.</summary>
    public KeyedMatch[] Of(AttributeSlot slot) => _matches[slot];

    private static KeyedMatch[]? OnePerAllOf(Match[][] anyOf, AttributeSlot slot)
    {
        var result = new KeyedMatch[anyOf.Length];
        for (var i = 0; i < anyOf.Length; i++)
        {
            var found = Array.Find(anyOf[i], match => match is KeyedMatch keyed && keyed.Designator?.Slot == slot);
            if (found is null) return null;
            result[i] = (KeyedMatch)found;
        }

        return result;
    }
}
