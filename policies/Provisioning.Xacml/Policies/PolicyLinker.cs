namespace Provisioning.Xacml;

/// <summary>Resolves references between policies.</summary>
internal static class PolicyLinker
{
    /// <summary>Links everything and answers the roots: the top-level policies that nobody refers to.</summary>
    public static List<PolicyNode> Link(
        List<PolicyNode> tops, List<PolicyNode> policies, List<PolicyReference> references, List<PolicyProblem> problems)
    {
        foreach (var same in policies.GroupBy(policy => policy.Identifier).Where(group => group.Count() > 1))
        {
            foreach (var again in same.Skip(1))
            {
                problems.Add(At(again.Place, $"'{same.Key.Id}' version {same.Key.Version} is already defined at {same.First().Place}"));
            }
        }

        foreach (var reference in references)
        {
            reference.Target = policies.Where(policy => reference.Accepts(policy.Identifier))
                .MaxBy(policy => policy.Identifier.Version, Comparer<string>.Create(PolicyVersion.Compare));
            if (reference.Target is null) problems.Add(new(reference.File, reference.Line, $"reference to undefined policy '{reference.Id}'"));
        }

        var done = new HashSet<PolicyNode>();
        foreach (var policy in policies) FindCircle(policy, done, [], problems);
        var referred = references.Select(reference => reference.Target).ToHashSet();
        return [.. tops.Where(top => !referred.Contains(top))];
    }

    private static void FindCircle(PolicyNode policy, HashSet<PolicyNode> done, HashSet<PolicyNode> open, List<PolicyProblem> problems)
    {
        if (done.Contains(policy)) return;
        open.Add(policy);
        foreach (var child in policy.Children)
        {
            var next = child as PolicyNode ?? (child as PolicyReference)?.Target;
            if (next is null) continue;
            if (!open.Contains(next)) FindCircle(next, done, open, problems);
            else if (child is PolicyReference back) problems.Add(new(back.File, back.Line, $"circular reference to '{back.Id}'"));
        }

        open.Remove(policy);
        done.Add(policy);
    }

    private static PolicyProblem At(string place, string message)
    {
        var colon = place.LastIndexOf(':');
        return new(place[..colon], int.Parse(place.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture), message);
    }
}
