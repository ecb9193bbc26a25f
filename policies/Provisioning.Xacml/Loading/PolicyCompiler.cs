namespace Provisioning.Xacml;

/// <summary>Compiles the policies of one source; every policy met, nested ones too, ends up in the lists given.</summary>
internal sealed class PolicyCompiler(PolicyScope scope, ElementReader reader, PolicyCollection collection)
{
    public PolicyNode? Compile(Element element)
    {
        if (!scope.IsXacml(element)) return null;
        switch (element.Name)
        {
            case "Policy": return Node(element, isSet: false, element.Children);
            case "PolicySet": return Node(element, isSet: true, Children(element));
            default:
                scope.Problem(element, $"element '{element.Name}' is neither Policy nor PolicySet");
                return null;
        }
    }

    private IEnumerable<Element> Children(Element set)
    {
        if (!set.IsOpen) yield break;
        var depth = reader.Depth;
        while (reader.NextChild(depth) is { } child) yield return child;
    }

    private PolicyNode Node(Element element, bool isSet, IEnumerable<Element> content)
    {
        var kind = isSet ? "PolicySet" : "Policy";
        var identifier = new PolicyIdentifier(PolicyScope.Required(element, kind + "Id"), PolicyScope.Required(element, "Version")) { IsSet = isSet };
        var algorithm = Algorithm(element, isSet);
        var parts = new PolicyParts(scope, this, isSet, isSet ? [] : element.Children);
        foreach (var child in content)
        {
            if (child.IsXacml) parts.Add(child);
        }

        var branch = parts.Branch(algorithm);
        var node = new PolicyNode(identifier, scope.Place(element), parts.Target, branch, parts.Duties);
        collection.Policies.Add(node);
        collection.Branches.Add(branch);
        return node;
    }

    public PolicyReference Reference(Element element)
    {
        var reference = new PolicyReference(
            element.Text.Trim(),
            element.Name == "PolicySetIdReference",
            element.Attribute("Version"),
            element.Attribute("EarliestVersion"),
            element.Attribute("LatestVersion"),
            scope.Place(element));
        collection.References.Add(reference);
        return reference;
    }

    private CombiningAlgorithm? Algorithm(Element element, bool isSet)
    {
        if (element.Attribute(isSet ? "PolicyCombiningAlgId" : "RuleCombiningAlgId") is not { } id) return null;
        var algorithm = scope.Program.FindAlgorithm(id);
        if (algorithm is null)
            scope.Problem(element, $"combining algorithm '{id}' is not supported{KnownIdentifiers.Hint(id, scope.Program.AlgorithmIds(isSet))}");
        else if (!(isSet ? algorithm.CombinesPolicies : algorithm.CombinesRules))
            scope.Problem(element, $"combining algorithm '{id}' does not combine {(isSet ? "policies" : "rules")}{KnownIdentifiers.Twin(id, scope.Program.AlgorithmIds(isSet))}");
        return algorithm;
    }
}
