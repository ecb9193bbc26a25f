namespace Provisioning.Xacml;

/// <summary>Finds policies without rules and policy sets without policies. The schema allows them.</summary>
internal static class EmptinessCheck
{
    public static void Examine(IEnumerable<PolicyNode> policies, List<PolicyProblem> findings)
    {
        foreach (var policy in policies.Where(policy => policy.Branch.Children.Length == 0))
        {
            var (kind, children) = policy.Identifier.IsSet ? ("policy set", "policies") : ("policy", "rules");
            findings.Add(new(policy.Place.File, policy.Place.Line, $"{kind} '{policy.Identifier.Id}' has no {children}"));
        }
    }
}
