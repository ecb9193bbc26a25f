namespace Provisioning.Xacml;

/// <summary>Finds comparisons of attributes with texts that they never have.</summary>
internal sealed class ValueCheck(AttributeCatalog catalog, List<PolicyProblem> findings)
{
    private const int MaxListed = 10;
    private readonly Dictionary<AttributeSlot, IReadOnlyCollection<string>?> _values = [];

    public void Examine(PolicyDecisionPoint pdp)
    {
        if (!catalog.Attributes.Any(known => known.Values is not null)) return;
        foreach (var policy in pdp.Nodes)
        {
            Examine(policy.Target, policy.Place);
            foreach (var child in policy.Branch.Children)
            {
                if (child is Rule rule) Examine(rule.Target, rule.Place);
            }
        }

        foreach (var ((slot, text), (place, ignoresCase)) in pdp.Program.Comparisons) Examine(slot, text, ignoresCase, place);
    }

    private void Examine(Target target, SourcePlace place)
    {
        foreach (var anyOf in target.AnyOfs)
        {
            foreach (var match in anyOf.SelectMany(allOf => allOf))
            {
                if (match is KeyedMatch<string> { Designator: { } designator } equality) Examine(designator.Slot, equality.Literal, ignoresCase: false, place);
            }
        }
    }

    private void Examine(AttributeSlot slot, string text, bool ignoresCase, SourcePlace place)
    {
        if (ValuesOf(slot) is not { } values || values.Contains(text, ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)) return;
        var nearest = values.Select(value => (Value: value, Distance: EditDistance.Between(text, value))).OrderBy(one => one.Distance).FirstOrDefault();
        var hint = nearest.Value is not null && nearest.Distance <= Math.Max(1, text.Length / 3) ? $"; did you mean '{nearest.Value}'?"
            : values.Count is > 0 and <= MaxListed ? $"; known are '{string.Join("', '", values.Order(StringComparer.Ordinal))}'" : "";
        findings.Add(new(place.File, place.Line, $"attribute '{slot.AttributeId}' is never '{text}'{hint}"));
    }

    private IReadOnlyCollection<string>? ValuesOf(AttributeSlot slot)
    {
        if (_values.TryGetValue(slot, out var known)) return known;
        return _values[slot] = catalog.Find(slot.Category, slot.AttributeId).FirstOrDefault(one => one.DataType == slot.Type)?.Values;
    }
}
