namespace Provisioning.Xacml;

/// <summary>Finds rules of one policy that share an id. The standard wants ids unique in a policy; published cases do not keep to that, and
/// nothing but traces and combiner parameters depends on it.</summary>
internal static class RuleIdCheck
{
    public static void Examine(IEnumerable<PolicyNode> policies, List<PolicyProblem> findings)
    {
        foreach (var policy in policies)
        {
            var first = new Dictionary<string, Rule>(StringComparer.Ordinal);
            foreach (var child in policy.Branch.Children)
            {
                if (child is not Rule rule || first.TryAdd(rule.Id, rule)) continue;
                findings.Add(new(rule.Place.File, rule.Place.Line, $"rule '{rule.Id}' has the id of another rule of its policy ({first[rule.Id].Place})"));
            }
        }
    }
}
