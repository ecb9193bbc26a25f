namespace Provisioning.Xacml;

/// <summary>Looks for what is allowed but hardly meant: policies that load and never do what their author wants.</summary>
public static class PolicyCheck
{
    /// <summary>Examines policies.</summary>
    /// <param name="pdp">The policies.</param>
    /// <param name="catalog">What requests have; without it, attributes are not examined.</param>
    /// <returns>The findings, by file and line; empty if there is nothing to say.</returns>
    public static IReadOnlyList<PolicyProblem> Examine(PolicyDecisionPoint pdp, AttributeCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(pdp);
        var findings = new List<PolicyProblem>();
        new ReachabilityCheck(catalog, findings).Examine(pdp.Roots);
        if (catalog is null)
        {
            CategoryCheck.Examine(pdp.Program.Slots, findings);
        }
        else
        {
            AttributeCheck.Examine(pdp.Program.Slots, catalog, findings);
            new ValueCheck(catalog, findings).Examine(pdp);
        }

        VersionCheck.Examine(pdp, findings);
        EmptinessCheck.Examine(pdp.Nodes, findings);
        RuleIdCheck.Examine(pdp.Nodes, findings);
        findings.AddRange(pdp.Program.Remarks);
        PatternCheck.Examine(pdp.Program.Patterns, findings);
        // A policy that several refer to is met several times.
        return [.. findings.Distinct().OrderBy(one => one.File, StringComparer.Ordinal).ThenBy(one => one.Line)];
    }
}
