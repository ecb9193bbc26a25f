namespace Provisioning.Xacml;

/// <summary>Takes a request for several decisions apart (Multiple Decision Profile 1.0).</summary>
internal sealed class MultipleDecisions(IResourceHierarchy? hierarchy, RequestLimits limits)
{
    private const string ResourceId = "urn:oasis:names:tc:xacml:1.0:resource:resource-id";
    private const string Scope = "urn:oasis:names:tc:xacml:2.0:resource:scope";
    private const string SelectMany = "urn:oasis:names:tc:xacml:3.0:multiple:content-selector";
    private const string SelectOne = "urn:oasis:names:tc:xacml:3.0:content-selector";

    /// <summary>The attributes that have a meaning here, whatever policies ask for.</summary>
    public static readonly IReadOnlyList<string> Attributes = [ResourceId, Scope, SelectMany, SelectOne];

    /// <summary>The categories of each individual decision, in the order in which the request asks.</summary>
    /// <param name="request">The request.</param>
    /// <param name="budget">How far XPath may walk.</param>
    /// <exception cref="XacmlSyntaxException">The request contradicts itself, or asks for more than is allowed.</exception>
    public IReadOnlyList<IReadOnlyList<RequestCategory>> TakeApart(XacmlRequestContext request, XPathBudget budget)
    {
        IEnumerable<IReadOnlyList<RequestCategory>> groups =
            request.References.Count == 0 ? [request.Categories] : ByReference(request);
        var all = new List<IReadOnlyList<RequestCategory>>();
        var work = 0L;
        foreach (var group in groups)
        {
            foreach (var one in Combinations(group, budget))
            {
                all.Add(one);
                work += one.Sum(category => category.Attributes.Count);
                if (all.Count > limits.Decisions || work > 10L * limits.Values) throw TooMany();
            }
        }

        return all;
    }

    /// <summary>Whether an attribute makes several decisions of one.</summary>
    public static bool Spreads(string attributeId) => attributeId is Scope or SelectMany;

    private static IEnumerable<IReadOnlyList<RequestCategory>> ByReference(XacmlRequestContext request)
    {
        var byId = new Dictionary<string, RequestCategory>(StringComparer.Ordinal);
        foreach (var category in request.Categories)
        {
            if (category.Id is not null && !byId.TryAdd(category.Id, category))
                throw new XacmlSyntaxException($"two categories of the request have the id '{category.Id}'");
        }

        return request.References.Select(ids => ids
            .Select(id => byId.GetValueOrDefault(id) ?? throw new XacmlSyntaxException($"no category of the request has the id '{id}'"))
            .ToList());
    }

    /// <summary>One of each category, in every combination; the last category changes fastest.</summary>
    private List<List<RequestCategory>> Combinations(IReadOnlyList<RequestCategory> group, XPathBudget budget)
    {
        List<List<RequestCategory>> combinations = [[]];
        foreach (var alternatives in group.GroupBy(category => category.Category, StringComparer.Ordinal))
        {
            var spread = alternatives.SelectMany(category => Spread(category, budget)).ToList();
            if ((long)spread.Count * combinations.Count > limits.Decisions) throw TooMany();
            combinations = [.. combinations.SelectMany(begun => spread.Select(next => (List<RequestCategory>)[.. begun, next]))];
        }

        return combinations;
    }

    /// <summary>What one category stands for: itself, or each node that its scope or its content selector names.</summary>
    private IEnumerable<RequestCategory> Spread(RequestCategory category, XPathBudget budget)
    {
        if (category.Attributes.FirstOrDefault(one => one.AttributeId == SelectMany) is { } selector) return ByContent(category, selector, budget);
        return category.Attributes.FirstOrDefault(one => one.AttributeId == Scope) is { } scope ? ByScope(category, scope) : [category];
    }

    private IEnumerable<RequestCategory> ByContent(RequestCategory category, RequestAttribute selector, XPathBudget budget)
    {
        if (selector.Values is not Bag<XPathValue> { Count: 1 } xpaths || category.Content is not { } content)
            throw new XacmlSyntaxException($"'{SelectMany}' needs exactly one xpathExpression, and content to select from");
        var xpath = xpaths.Values[0];
        return ContentNodes.Each(xpath, content, budget, limits.Decisions)
            .Select(node => With(category, selector, SelectOne, DataType.XPathExpression.BagOf(node), DataType.XPathExpression.Uri, node.Expression, node));
    }

    private IEnumerable<RequestCategory> ByScope(RequestCategory category, RequestAttribute scope)
    {
        var text = scope.Values.Count == 1 ? scope.Values.Text(0) : "";
        if (text == "Immediate") return [Without(category, scope)];
        if (text is not ("Children" or "Descendants"))
            throw new XacmlSyntaxException($"the scope '{text}' is none of Immediate, Children and Descendants");
        if (hierarchy is null) throw new XacmlSyntaxException($"the scope '{text}' needs a resource hierarchy, and none is configured");
        var resource = category.Attributes.FirstOrDefault(one => one.AttributeId == ResourceId);
        if (resource?.Values.Count != 1) throw new XacmlSyntaxException($"the scope '{text}' needs exactly one '{ResourceId}'");
        var type = resource.Values.Type;
        return Nodes(resource.Values.Text(0), text == "Descendants").Select(node =>
        {
            var bag = type.NewBag();
            if (!type.TryAppend(bag, node)) throw new XacmlSyntaxException($"the resource hierarchy answered '{node}', which is not a valid {type.Name}");
            return With(Without(category, scope), resource, ResourceId, bag, type.Uri, node, null);
        });
    }

    /// <summary>A resource and what is below it, each once, from the top down.</summary>
    private IEnumerable<string> Nodes(string top, bool all)
    {
        var known = new HashSet<string>(StringComparer.Ordinal) { top };
        var open = new Queue<string>([top]);
        while (open.TryDequeue(out var node))
        {
            yield return node;
            if (!all && node != top) continue;
            foreach (var child in hierarchy!.Children(node))
            {
                if (!known.Add(child)) continue;
                if (known.Count > limits.Decisions) throw TooMany();
                open.Enqueue(child);
            }
        }
    }

    private static RequestCategory Without(RequestCategory category, RequestAttribute attribute) =>
        category with { Attributes = [.. category.Attributes.Where(one => one != attribute)] };

    private static RequestCategory With(
        RequestCategory category, RequestAttribute old, string attributeId, Bag values, string dataType, string text, XPathValue? xpath)
    {
        var attribute = new RequestAttribute(attributeId, old.Issuer, values)
        {
            Included = old.Included is null ? null : [new(dataType, text, xpath)],
        };
        return category with { Attributes = [.. category.Attributes.Select(one => one == old ? attribute : one)] };
    }

    private XacmlSyntaxException TooMany() => new($"the request asks for more than {limits.Decisions} decisions, or for many large ones");
}
