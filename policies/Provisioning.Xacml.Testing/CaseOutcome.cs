namespace Provisioning.Xacml.Testing;

/// <summary>How one form of a case went.</summary>
/// <param name="Case">The case.</param>
/// <param name="Form">"xml" or "json": the form of request and response.</param>
/// <param name="Verdict">How it went.</param>
/// <param name="Detail">What differed, what is missing, or, of a case that passed, why it was not taken by its letter; null if nothing is
/// to be said.</param>
/// <param name="Response">The answer that was written; null if there was none.</param>
public sealed record CaseOutcome(ConformanceCase Case, string Form, Verdict Verdict, string? Detail, string? Response);
