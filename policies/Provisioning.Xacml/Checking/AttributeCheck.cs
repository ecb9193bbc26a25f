namespace Provisioning.Xacml;

/// <summary>Finds attributes that no request will ever have, or not with that data type.</summary>
internal static class AttributeCheck
{
    // In an open category any name is possible; only one that is nearly a known one is worth a word.
    private const int SlipDistance = 2;

    public static void Examine(IEnumerable<AttributeSlot> slots, AttributeCatalog catalog, List<PolicyProblem> findings)
    {
        foreach (var slot in slots)
        {
            if (slot.FirstUse is not { } place) continue;
            var known = catalog.Find(slot.Category, slot.AttributeId).ToList();
            if (known.Count == 0 && catalog.Judge?.Invoke(slot.Category, slot.AttributeId) is { } verdict)
            {
                if (verdict.DataType is null)
                {
                    findings.Add(new(place.File, place.Line, $"requests never have attribute '{slot.AttributeId}' in category '{slot.Category}'{(verdict.Hint.Length > 0 ? verdict.Hint : Hint(slot, catalog.Nearest(slot.Category, slot.AttributeId)))}"));
                    continue;
                }

                known = [new(slot.Category, slot.AttributeId, verdict.DataType)];
            }

            var message = known.Count == 0 ? Unknown(slot, catalog) : OtherType(slot, known) ?? Issued(slot, catalog);
            if (message is not null) findings.Add(new(place.File, place.Line, message));
        }
    }

    private static string? Unknown(AttributeSlot slot, AttributeCatalog catalog)
    {
        var nearest = catalog.Nearest(slot.Category, slot.AttributeId);
        if (catalog.OpenCategories.Contains(slot.Category) && nearest is not { Distance: <= SlipDistance }) return null;
        return $"requests never have attribute '{slot.AttributeId}' in category '{slot.Category}'{Hint(slot, nearest)}";
    }

    private static string Hint(AttributeSlot slot, (KnownAttribute Attribute, int Distance)? nearest) => nearest is null ? ""
        : nearest.Value.Attribute.Category == slot.Category ? $"; did you mean '{nearest.Value.Attribute.AttributeId}'?"
        : $"; did you mean '{nearest.Value.Attribute.AttributeId}' in category '{nearest.Value.Attribute.Category}'?";

    private static string? OtherType(AttributeSlot slot, List<KnownAttribute> known)
    {
        if (known.Any(one => one.DataType == slot.Type)) return null;
        var types = string.Join(" or ", known.Select(one => one.DataType.Name));
        return $"attribute '{slot.AttributeId}' is asked for as {slot.Type.Name}, but requests have it as {types}: it will always be missing";
    }

    // Who asks from outside, in an open category, may name issuers.
    private static string? Issued(AttributeSlot slot, AttributeCatalog catalog) => slot.Issuer is null || catalog.OpenCategories.Contains(slot.Category)
        ? null : $"attribute '{slot.AttributeId}' is asked for from issuer '{slot.Issuer}', but requests name no issuer: it will always be missing";
}
