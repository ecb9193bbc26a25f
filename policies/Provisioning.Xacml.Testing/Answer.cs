namespace Provisioning.Xacml.Testing;

/// <summary>What a response says, with everything in canonical form: results that mean the same are equal line by line.</summary>
internal sealed record Answer(IReadOnlyList<AnsweredResult> Results);

/// <summary>One result of a response.</summary>
/// <param name="Decision">The decision, extended ones as Indeterminate.</param>
/// <param name="StatusCode">The outermost status code; null if the response has none.</param>
/// <param name="Parts">Obligations, advice, attributes and policies, one line for each, in ordinal order.</param>
internal sealed record AnsweredResult(string Decision, string? StatusCode, IReadOnlyList<string> Parts)
{
    private const string Ok = "urn:oasis:names:tc:xacml:1.0:status:ok";

    public static AnsweredResult Of(string decision, string? statusCode, IEnumerable<string> parts)
    {
        decision = decision.Trim();
        if (decision.StartsWith("Indeterminate", StringComparison.Ordinal)) decision = "Indeterminate";
        return new(decision, statusCode ?? (decision == "Indeterminate" ? null : Ok), [.. parts.Order(StringComparer.Ordinal)]);
    }

    /// <summary>What differs in the actual result; nothing if it means the same.</summary>
    public IEnumerable<string> Differences(AnsweredResult actual)
    {
        if (Decision != actual.Decision) yield return $"decision: {Decision} expected, {actual.Decision} answered";
        if (StatusCode is not null && StatusCode != actual.StatusCode) yield return $"status: {StatusCode} expected, {actual.StatusCode} answered";
        foreach (var missing in Parts.Without(actual.Parts)) yield return "missing " + missing;
        foreach (var surplus in actual.Parts.Without(Parts)) yield return "unexpected " + surplus;
    }

    public static string Duty(string kind, string? id, IEnumerable<string> assignments) =>
        $"{kind} {id} ({string.Join(", ", assignments.Order(StringComparer.Ordinal))})";

    public static string Assignment(string? id, string? category, string? issuer, string value) =>
        $"{id}{(category is null ? "" : $" in {category}")}{(issuer is null ? "" : $" by {issuer}")} = {value}";
}
