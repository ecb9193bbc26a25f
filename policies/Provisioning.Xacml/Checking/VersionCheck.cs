namespace Provisioning.Xacml;

/// <summary>Finds versions of a policy that decide by themselves beside another one, because nothing refers to them: hardly anybody means an old version
/// to stay in force.</summary>
internal static class VersionCheck
{
    public static void Examine(PolicyDecisionPoint pdp, List<PolicyProblem> findings)
    {
        var roots = new HashSet<PolicyNode>();
        foreach (var child in pdp.Roots.Children)
        {
            if (child is PolicyNode root) roots.Add(root);
        }

        foreach (var same in pdp.Nodes.GroupBy(node => (node.Identifier.Id, node.Identifier.IsSet)).Where(group => group.Skip(1).Any()))
        {
            foreach (var root in same.Where(roots.Contains))
            {
                // Of several that nothing refers to, the newest one is meant.
                var other = same.Where(node => node != root && (!roots.Contains(node) || IsNewer(node, root))).MaxBy(node => node.Identifier.Version, Comparer<string>.Create(PolicyVersion.Compare));
                if (other is null) continue;
                findings.Add(new(root.Place.File, root.Place.Line,
                    $"'{same.Key.Id}' version {root.Identifier.Version} is in force beside version {other.Identifier.Version} ({other.Place}): nothing refers to it, so that it decides as a policy of its own"));
            }
        }
    }

    private static bool IsNewer(PolicyNode node, PolicyNode than) => PolicyVersion.Compare(node.Identifier.Version, than.Identifier.Version) > 0;
}
