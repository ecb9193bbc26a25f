namespace Provisioning.Xacml;

/// <summary>The result of a rule, policy or policy set.</summary>
internal sealed record NodeResult(Outcome Outcome, Status? Status, IReadOnlyList<Obligation> Obligations, IReadOnlyList<Advice> Advice)
{
    public static readonly NodeResult NotApplicable = new(Outcome.NotApplicable, null, [], []);

    /// <summary>The policies behind a Permit or Deny, inner before outer.</summary>
    public IReadOnlyList<PolicyIdentifier> Policies { get; init; } = [];

    public bool IsIndeterminate => Outcome >= Outcome.IndeterminateP;

    public static NodeResult Indeterminate(Outcome outcome, Status? status) => new(outcome, status, [], []);
}
