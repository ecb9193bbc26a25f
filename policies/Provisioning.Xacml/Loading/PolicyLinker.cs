namespace Provisioning.Xacml;

/// <summary>Resolves references between policies.</summary>
internal sealed class PolicyLinker(PolicyCollection collection, PdpOptions options, List<PolicyProblem> problems)
{
    private const int MaxDepth = 100;

    // References to references can make a small document take forever.
    private const long MaxEvaluations = 10_000_000;
    private readonly Dictionary<PolicyNode, long> _sizes = [];
    private readonly HashSet<PolicyNode> _open = [];

    /// <summary>Links everything and answers the roots: the top-level policies that nobody refers to.</summary>
    public List<PolicyNode> Link()
    {
        var byId = collection.Policies.ToLookup(policy => policy.Identifier.Id, StringComparer.Ordinal);
        ReportDuplicates(byId);
        foreach (var reference in collection.References)
        {
            reference.Policy = byId[reference.Id].Where(policy => reference.Accepts(policy.Identifier))
                .MaxBy(policy => policy.Identifier.Version, Comparer<string>.Create(PolicyVersion.Compare));
            if (reference.Policy is null && !options.AllowsUndefinedReferences) Report(reference.Place, $"reference to undefined policy '{reference.Id}'");
        }

        foreach (var policy in collection.Policies) Measure(policy);
        var referred = collection.References.Select(reference => reference.Policy).ToHashSet();
        return [.. collection.Tops.Where(top => !referred.Contains(top))];
    }

    private void ReportDuplicates(ILookup<string, PolicyNode> byId)
    {
        foreach (var same in byId.Where(group => group.Skip(1).Any()).SelectMany(group => group.GroupBy(policy => policy.Identifier)))
        {
            foreach (var again in same.Skip(1))
                Report(again.Place, $"'{same.Key.Id}' version {same.Key.Version} is already defined at {same.First().Place}");
        }
    }

    /// <summary>How many policies one evaluation can touch; finds circles on the way.</summary>
    private long Measure(PolicyNode policy)
    {
        if (_sizes.TryGetValue(policy, out var known)) return known;
        _open.Add(policy);
        var size = 1L;
        foreach (var child in policy.Branch.Children)
        {
            var next = child as PolicyNode ?? (child as PolicyReference)?.Policy;
            if (next is null) continue;
            if (_open.Contains(next)) Report(((PolicyReference)child).Place, $"circular reference to '{next.Identifier.Id}'");
            else if (_open.Count == MaxDepth) Report(next.Place, $"policies are nested deeper than {MaxDepth}");
            else size = Math.Min(size + Measure(next), MaxEvaluations + 1);
        }

        _open.Remove(policy);
        if (size > MaxEvaluations && _sizes.Values.All(one => one <= MaxEvaluations))
            Report(policy.Place, $"references make '{policy.Identifier.Id}' unfold to more than {MaxEvaluations} policies");
        return _sizes[policy] = size;
    }

    private void Report(SourcePlace place, string message) => problems.Add(new(place.File, place.Line, message));
}
