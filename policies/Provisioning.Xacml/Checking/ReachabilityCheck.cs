namespace Provisioning.Xacml;

/// <summary>Finds rules and policies that can never apply: contradicting targets, conditions that are always false, children behind one that
/// always applies under first-applicable.</summary>
internal sealed class ReachabilityCheck(AttributeCatalog? catalog, List<PolicyProblem> findings)
{
    // Each child is compared with so many before it; more would take the square of their number.
    private const int MaxCompared = 1000;
    private readonly ConditionCheck _conditions = new();

    public void Examine(Branch roots) => Examine(roots, Requirements.None);

    private void Examine(Branch branch, Requirements outer)
    {
        var before = new List<Evaluable>();
        foreach (var child in branch.Children)
        {
            if (branch.IsFirstApplicable)
            {
                if (before.Find(one => child.Target.Implies(one.Target)) is { } first) Report(child, Unreached(child, first));
                else if (before.Count < MaxCompared && AppliesWithItsTarget(child)) before.Add(child);
            }

            Examine(child, outer);
        }
    }

    private static string Unreached(Evaluable child, Evaluable first) => $"{Name(child)} is never reached: {Name(first)} ({Place(first)}) "
        + (first.Target.AnyOfs.Length == 0 ? "always applies before it" : "applies before it whenever its target matches");

    private void Examine(Evaluable child, Requirements outer)
    {
        if (outer.With(child.Target, slot => catalog?.IsSingle(slot) == true, out var slot) is not { } inner)
        {
            Report(child, $"{Name(child)} can never apply: its target and those around it want different values of '{slot!.AttributeId}', which has only one");
            return;
        }

        switch (child)
        {
            case Rule rule when _conditions.Fault(rule) is { } fault: Report(child, fault); break;
            case PolicyNode policy: Examine(policy.Branch, inner); break;
            case PolicyReference { Policy: { } policy }: Examine(policy.Branch, inner); break;
        }
    }

    private static bool AppliesWithItsTarget(Evaluable child) => child switch
    {
        Rule rule => rule.Condition is null or Constant<bool> { Value: true },
        PolicyNode policy => AlwaysApplies(policy.Branch),
        PolicyReference { Policy: { } policy } => AlwaysApplies(policy.Branch),
        _ => false,
    };

    private static bool AlwaysApplies(Branch branch)
    {
        if (branch.NeverNotApplicable) return true;
        foreach (var child in branch.Children)
        {
            if (child.Target.AnyOfs.Length == 0 && AppliesWithItsTarget(child)) return true;
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
