namespace Provisioning.Xacml;

/// <summary>The answer to one request (XACML 3.0, 5.48).</summary>
/// <param name="Decision">The decision.</param>
/// <param name="StatusCode">One of <see cref="StatusCodes"/>.</param>
/// <param name="StatusMessage">The cause in words, when there is something to say.</param>
/// <param name="Obligations">Duties, in the order of evaluation.</param>
/// <param name="Advice">Advice, in the order of evaluation.</param>
/// <param name="ApplicablePolicies">The policies behind the decision, inner before outer. Always filled; written to a
/// response only when the request asks for it.</param>
/// <param name="Missing">What was missing, when the status says so.</param>
/// <param name="Included">Attributes of the request to be repeated in the response.</param>
public sealed record XacmlResult(
    Decision Decision,
    string StatusCode,
    string? StatusMessage,
    IReadOnlyList<Obligation> Obligations,
    IReadOnlyList<Advice> Advice,
    IReadOnlyList<PolicyIdentifier> ApplicablePolicies,
    IReadOnlyList<MissingAttribute> Missing,
    IReadOnlyList<RequestAttribute> Included)
{
    /// <summary>Whether the request asked for the list of policies in the response.</summary>
    public bool ReturnPolicyIds { get; init; }

    internal static XacmlResult Failed(string code, string message) =>
        new(Decision.Indeterminate, code, message, [], [], [], [], []);
}
