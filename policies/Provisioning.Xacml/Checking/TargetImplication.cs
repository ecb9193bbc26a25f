namespace Provisioning.Xacml;

/// <summary>Whether one target matches whenever another one does, as far as their matches are the same.</summary>
internal static class TargetImplication
{
    public static bool Implies(this Target target, Target other)
    {
        foreach (var anyOf in other.AnyOfs)
        {
            if (!IsImplied(anyOf, target)) return false;
        }

        return true;
    }

    // One AnyOf is enough if each way to satisfy it satisfies the other one, too.
    private static bool IsImplied(Match[][] anyOf, Target by)
    {
        foreach (var given in by.AnyOfs)
        {
            if (Array.TrueForAll(given, allOf => Array.Exists(anyOf, wanted => Contains(allOf, wanted)))) return true;
        }

        return false;
    }

    private static bool Contains(Match[] allOf, Match[] wanted) => Array.TrueForAll(wanted, match => Array.Exists(allOf, one => IsSame(one, match)));

    private static bool IsSame(Match one, Match other) => one is KeyedMatch { Designator: { } first } left && other is KeyedMatch { Designator: { } second } right
        && first.Slot == second.Slot && first.MustBePresent == second.MustBePresent && left.BoxedKey.Equals(right.BoxedKey);
}
