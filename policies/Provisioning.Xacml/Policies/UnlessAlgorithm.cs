using static Provisioning.Xacml.ExtendedDecision;

namespace Provisioning.Xacml;

/// <summary>deny-unless-permit and permit-unless-deny (C.6, C.7): never NotApplicable, never Indeterminate.</summary>
internal static class UnlessAlgorithm
{
    public static ExtendedDecision DenyUnlessPermit(ref Combination children) => Unless(ref children, Deny, Permit);

    public static ExtendedDecision PermitUnlessDeny(ref Combination children) => Unless(ref children, Permit, Deny);

    private static ExtendedDecision Unless(ref Combination children, ExtendedDecision usual, ExtendedDecision exception)
    {
        for (var i = 0; i < children.Count; i++)
        {
            if (children.Evaluate(i) == exception) return exception;
        }

        return usual;
    }
}
