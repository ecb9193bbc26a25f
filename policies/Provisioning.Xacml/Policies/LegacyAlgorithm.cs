using static Provisioning.Xacml.ExtendedDecision;

namespace Provisioning.Xacml;

/// <summary>The overrides algorithms of XACML 1.0 and 1.1 (C.10 to C.17). None of them tells extended Indeterminate values apart.</summary>
internal static class LegacyAlgorithm
{
    // The old rule algorithms decide as the new ones.
    public static ExtendedDecision DenyRule(ref Combination rules) => OverridesAlgorithm.Deny(ref rules).Widened();

    public static ExtendedDecision PermitRule(ref Combination rules) => OverridesAlgorithm.Permit(ref rules).Widened();

    public static ExtendedDecision DenyPolicy(ref Combination policies)
    {
        var sawPermit = false;
        for (var i = 0; i < policies.Count; i++)
        {
            var decision = policies.Evaluate(i);
            // Here an error is a refusal.
            if (decision == Deny || decision.IsIndeterminate()) return Deny;
            sawPermit |= decision == Permit;
        }

        return sawPermit ? Permit : NotApplicable;
    }

    public static ExtendedDecision PermitPolicy(ref Combination policies)
    {
        var (sawDeny, sawError) = (false, false);
        for (var i = 0; i < policies.Count; i++)
        {
            var decision = policies.Evaluate(i);
            if (decision == Permit) return Permit;
            sawDeny |= decision == Deny;
            sawError |= decision.IsIndeterminate();
        }

        if (sawDeny) return Deny;
        return sawError ? IndeterminateDP : NotApplicable;
    }
}
