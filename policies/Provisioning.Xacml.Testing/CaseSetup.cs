namespace Provisioning.Xacml.Testing;

/// <summary>Makes the decision point that a case describes.</summary>
internal static class CaseSetup
{
    // Several roots: the cases want to know that more than one applies.
    private const string OnlyOneApplicable = "urn:oasis:names:tc:xacml:1.0:policy-combining-algorithm:only-one-applicable";

    public static PolicyDecisionPoint Load(ConformanceCase one) =>
        PolicyDecisionPoint.Load([.. one.Policies, .. one.ReferencedPolicies], new PdpOptions { RootCombiningAlgorithm = OnlyOneApplicable });
}
