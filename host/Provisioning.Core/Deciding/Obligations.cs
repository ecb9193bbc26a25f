using Provisioning.Core.Configuration;

namespace Provisioning.Core.Deciding;

/// <summary>
/// The obligations that the host can fulfil. The enforcement point is deny-biased: an obligation that nobody can fulfil turns a
/// Permit into a visible Deny (XACML 3.0 core, section 7.2.2).
/// </summary>
public static class Obligations
{
    /// <summary>Each assignment sets one target attribute: attribute id is its name, value its value.</summary>
    public const string SetAttribute = "urn:provisioning:obligation:set-attribute";

    /// <summary>An assignment <c>action</c> with <c>disable</c>, <c>delete</c> or <c>keep</c>.</summary>
    public const string Deprovision = "urn:provisioning:obligation:deprovision";

    /// <summary>Null when all can be fulfilled, else what cannot.</summary>
    public static string? Unfulfillable(PolicyAnswer answer)
    {
        foreach (var obligation in answer.Obligations)
        {
            if (obligation.Id == SetAttribute)
                continue;
            if (obligation.Id == Deprovision && ActionOf(obligation) is not null)
                continue;
            return $"nothing here can fulfil obligation '{obligation.Id}'";
        }

        return null;
    }

    public static IReadOnlyList<KeyValuePair<string, string>> AttributesOf(PolicyAnswer answer) =>
        [.. answer.Obligations.Where(x => x.Id == SetAttribute).SelectMany(x => x.Assignments)];

    public static DeprovisionAction? DeprovisionOf(PolicyAnswer answer) =>
        answer.Obligations.Where(x => x.Id == Deprovision).Select(ActionOf).FirstOrDefault(x => x is not null);

    private static DeprovisionAction? ActionOf(ObligationToFulfil obligation)
    {
        var value = obligation.Assignments.FirstOrDefault(x => x.Key is "action" or "urn:provisioning:obligation:action").Value;
        return Enum.TryParse<DeprovisionAction>(value, ignoreCase: true, out var action) && !int.TryParse(value, out _) ? action : null;
    }
}
