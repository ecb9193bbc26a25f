namespace Provisioning.Xacml;

/// <summary>Finds categories that are nearly one of the standard. Any other URI is as good, so that nothing but a slip shows.</summary>
internal static class CategoryCheck
{
    private static readonly string[] Known =
    [
        Categories.AccessSubject, Categories.Resource, Categories.Action, Categories.Environment,
        "urn:oasis:names:tc:xacml:1.0:subject-category:recipient-subject", "urn:oasis:names:tc:xacml:1.0:subject-category:intermediary-subject",
        "urn:oasis:names:tc:xacml:1.0:subject-category:codebase", "urn:oasis:names:tc:xacml:1.0:subject-category:requesting-machine",
        "urn:oasis:names:tc:xacml:3.0:attribute-category:delegate", "urn:oasis:names:tc:xacml:3.0:attribute-category:delegation-info",
    ];

    public static void Examine(IEnumerable<AttributeSlot> slots, List<PolicyProblem> findings)
    {
        foreach (var slot in slots)
        {
            if (slot.FirstUse is not { } place || Known.Contains(slot.Category)) continue;
            var hint = KnownIdentifiers.Hint(slot.Category, Known);
            if (hint.Length > 0) findings.Add(new(place.File, place.Line, $"'{slot.Category}' is no category of the standard{hint}"));
        }
    }
}
