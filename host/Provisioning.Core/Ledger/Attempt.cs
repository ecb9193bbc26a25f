using Provisioning.Connectors;

namespace Provisioning.Core.Ledger;

/// <summary>One try to converge an assignment. Append-only.</summary>
/// <param name="Operations">The calls made, for example <c>find, create</c>.</param>
/// <param name="Failure">Null when done.</param>
public sealed record Attempt(
    string AssignmentId,
    DateTimeOffset Started,
    TimeSpan Took,
    string Operations,
    FailureKind? Failure,
    string? Message);
