namespace Provisioning.Xacml;

/// <summary>Finds rules and policies that can never apply: contradicting targets, conditions that are always false, children behind one that
/// always applies under first-applicable.</summary>
internal sealed class ReachabilityCheck(AttributeCatalog? catalog, List<PolicyProblem> findings)
{
    public void Examine(Branch roots) => Examine(roots, Requirements.None);

    private void Examine(Branch branch, Requirements outer)
    {
        Evaluable? first = null;
        foreach (var child in branch.Children)
        {
            if (first is not null && branch.IsFirstApplicable)
                Report(child, $"{Name(child)} is never reached: {Name(first)} ({Place(first)}) always applies before it");
            else if (AlwaysApplies(child)) first = child;
            Examine(child, outer);
        }
    }

    private void Examine(Evaluable child, Requirements outer)
    {
        if (outer.With(child.Target, slot => catalog?.IsSingle(slot) == true, out var slot) is not { } inner)
        {
            Report(child, $"{Name(child)} can never apply: its target and those around it want different values of '{slot!.AttributeId}', which has only one");
            return;
        }

        switch (child)
        {
            case Rule { Condition: Constant<bool> { Value: var value } }:
                Report(child, value
                    ? $"the condition of {Name(child)} is always true: it can be left out"
                    : $"the condition of {Name(child)} is always false: it can never apply");
                break;
            case PolicyNode policy: Examine(policy.Branch, inner); break;
            case PolicyReference { Policy: { } policy }: Examine(policy.Branch, inner); break;
        }
    }

    private static bool AlwaysApplies(Evaluable child) => child switch
    {
        Rule rule => rule.Target.AnyOfs.Length == 0 && rule.Condition is null or Constant<bool> { Value: true },
        PolicyNode policy => policy.Target.AnyOfs.Length == 0 && AlwaysApplies(policy.Branch),
        PolicyReference { Policy: { } policy } => AlwaysApplies(policy),
        _ => false,
    };

    private static bool AlwaysApplies(Branch branch)
    {
        if (branch.NeverNotApplicable) return true;
        foreach (var child in branch.Children)
        {
            if (AlwaysApplies(child)) return true;
        }

        return false;
    }

    private void Report(Evaluable child, string message)
    {
        var place = Place(child);
        findings.Add(new(place.File, place.Line, message));
    }

    private static SourcePlace Place(Evaluable child) => child switch
    {
        Rule rule => rule.Place,
        PolicyNode policy => policy.Place,
        PolicyReference reference => reference.Place,
        _ => default,
    };

    private static string Name(Evaluable child) => child switch
    {
        Rule rule => $"rule '{rule.Id}'",
        PolicyNode policy => $"{(policy.Identifier.IsSet ? "policy set" : "policy")} '{policy.Identifier.Id}'",
        PolicyReference reference => $"the reference to '{reference.Id}'",
        _ => "a child",
    };
}
