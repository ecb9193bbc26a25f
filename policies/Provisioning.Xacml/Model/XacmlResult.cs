namespace Provisioning.Xacml;

/// <summary>The decision with everything that belongs to it.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="StatusCode">The XACML status code.</param>
/// <param name="StatusMessage">Why the request could not be decided.</param>
/// <param name="Obligations">What must be done with the decision.</param>
/// <param name="Advice">What may be done with the decision.</param>
/// <param name="ApplicablePolicies">The policies and policy sets that came to the decision, inner before outer; when it is
/// Indeterminate, all that were not NotApplicable.</param>
public sealed record XacmlResult(
    Decision Decision,
    string StatusCode,
    string? StatusMessage,
    IReadOnlyList<Obligation> Obligations,
    IReadOnlyList<Advice> Advice,
    IReadOnlyList<PolicyIdentifier> ApplicablePolicies)
{
    // Boxed, since most decisions have none.
    private readonly object? _holdsUntil;

    /// <summary>Whether a response says nothing but the decision.</summary>
    internal bool IsPlain => Decision != Decision.Indeterminate && StatusMessage is null && Obligations.Count == 0 && Advice.Count == 0
        && Included.Count == 0 && !ReturnPolicyIdList && StatusCode == StatusCodes.Ok;

    /// <summary>Whether the request asked for the policy list in the written response.</summary>
    public bool ReturnPolicyIdList { get; init; }

    /// <summary>The policies and policy sets that were fully applicable, whether or not they came to the decision (core 5.48), inner before outer; empty
    /// unless <see cref="ReturnPolicyIdList"/>.</summary>
    public IReadOnlyList<PolicyIdentifier> PolicyIdentifierList { get; init; } = [];

    /// <summary>The attributes that the request wants repeated, one entry for each value.</summary>
    public IReadOnlyList<IncludedAttribute> Included { get; init; } = [];

    /// <summary>The first moment at which the same request may be answered differently because time has passed: until then the decision holds, for
    /// all that comes from the clock. <value>The default value is null: the decision did not look at the clock, or time alone does not change it
    /// any more.</value> Values that obligations and advice take from the clock as they are do not count.</summary>
    public DateTimeOffset? HoldsUntil
    {
        get => (DateTimeOffset?)_holdsUntil;
        init => _holdsUntil = value;
    }

    /// <summary>Codes that say more than <see cref="StatusCode"/>, each qualifying the one before it; responses nest them.</summary>
    public IReadOnlyList<string> MinorStatusCodes { get; init; } = [];

    /// <summary>The attributes that would have been needed, if that is why there is no decision.</summary>
    public IReadOnlyList<MissingAttribute> MissingAttributes { get; init; } = [];
}
