namespace Provisioning.Xacml;

/// <summary>Supplies the attributes that say what is above a resource, by the resource's identifier (Hierarchical Resource Profile 1.0).</summary>
internal sealed class ResourceAncestors(IResourceHierarchy hierarchy, int most) : IAttributeProvider
{
    private const string ResourceId = "urn:oasis:names:tc:xacml:1.0:resource:resource-id";
    private const string Parent = "urn:oasis:names:tc:xacml:2.0:resource:resource-parent";
    private const string Ancestor = "urn:oasis:names:tc:xacml:2.0:resource:resource-ancestor";
    private const string AncestorOrSelf = Ancestor + "-or-self";

    public Bag? Find(AttributeQuery query)
    {
        if (query.Category != Categories.Resource || query.Issuer is not null || query.AttributeId is not (Parent or Ancestor or AncestorOrSelf)) return null;
        var resources = query.Request.Find(Categories.Resource, ResourceId, query.DataType);
        var selves = Enumerable.Range(0, resources.Count).Select(resources.Text).ToList();
        var found = Above(selves, query.AttributeId != Parent);
        var bag = query.DataType.NewBag();
        foreach (var one in query.AttributeId == AncestorOrSelf ? selves.Concat(found).Distinct() : found)
        {
            if (!query.DataType.TryAppend(bag, one)) throw new InvalidDataException($"'{one}' is not a valid {query.DataType.Name}");
        }

        return bag;
    }

    // Each once, so that a circle ends.
    private HashSet<string> Above(IReadOnlyList<string> resources, bool all)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(resources);
        while (open.TryDequeue(out var resource))
        {
            foreach (var parent in hierarchy.Parents(resource))
            {
                if (!known.Add(parent)) continue;
                if (known.Count > most) throw new InvalidDataException($"more than {most} resources are above it");
                if (all) open.Enqueue(parent);
            }
        }

        return known;
    }
}
