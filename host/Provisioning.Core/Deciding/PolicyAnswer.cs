namespace Provisioning.Core.Deciding;

/// <summary>The answer of the policies and what stands behind it.</summary>
/// <param name="Reason">The status message, or what decided; for people.</param>
/// <param name="Policies">Ids of the policies that applied.</param>
/// <param name="Revision">The policy revision that answered.</param>
public sealed record PolicyAnswer(
    Verdict Verdict,
    string? Reason,
    IReadOnlyList<string> Policies,
    string Revision,
    IReadOnlyList<ObligationToFulfil> Obligations)
{
    /// <summary>The first moment at which the answer may be another one because time has passed; null if time alone does not change it.</summary>
    public DateTimeOffset? HoldsUntil { get; init; }
}
