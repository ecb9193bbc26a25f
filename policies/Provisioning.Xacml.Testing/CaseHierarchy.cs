namespace Provisioning.Xacml.Testing;

/// <summary>The resources that the cases about hierarchies speak of (IIICSpecial.txt): two children, and two below each of them.</summary>
internal sealed class CaseHierarchy : IResourceHierarchy
{
    private static readonly Dictionary<string, string[]> Tree = new(StringComparer.Ordinal)
    {
        ["urn:root"] = ["urn:root:child1", "urn:root:child2"],
        ["urn:root:child1"] = ["urn:root:child1:descendant1", "urn:root:child1:descendant2"],
        ["urn:root:child2"] = ["urn:root:child2:descendant1", "urn:root:child2:descendant2"],
    };

    public IEnumerable<string> Children(string resourceId) => Tree.GetValueOrDefault(resourceId) ?? [];
}
