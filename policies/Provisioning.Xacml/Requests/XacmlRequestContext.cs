namespace Provisioning.Xacml;

/// <summary>A request as it was written. It asks for one decision, or for several (Multiple Decision Profile 1.0).</summary>
public sealed class XacmlRequestContext
{
    internal XacmlRequestContext(IReadOnlyList<RequestCategory> categories, RequestVocabulary reader)
    {
        Categories = categories;
        Reader = reader;
    }

    internal XacmlRequestContext(XacmlRequest plain, RequestVocabulary reader)
        : this([], reader)
    {
        Plain = plain;
        ReturnPolicyIdList = plain.ReturnPolicyIdList;
        IsSingle = true;
    }

    /// <summary>Whether the results are to name the policies behind them.</summary>
    public bool ReturnPolicyIdList { get; init; }

    /// <summary>Whether several decisions are to be combined into one.</summary>
    public bool CombinedDecision { get; init; }

    /// <summary>The request itself, if it was read in the short way; then there are no categories.</summary>
    private XacmlRequest? Plain { get; }

    internal IReadOnlyList<RequestCategory> Categories { get; }

    /// <summary>For whom it was read.</summary>
    internal RequestVocabulary Reader { get; }

    /// <summary>Whether all attributes were kept.</summary>
    internal bool IsWhole => Reader.KeepsAll;

    /// <summary>Whether the request, as nearly every one, asks for one decision about all that it says.</summary>
    internal bool IsSingle { get; init; }

    /// <summary>For each decision that is asked for by reference, the names of the categories that belong to it; empty if none is.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> References { get; init; } = [];

    /// <summary>The request, if it asks for one decision about all that it says.</summary>
    internal XacmlRequest Single() => Plain ?? For(Categories);

    /// <summary>A request for one decision about some of the categories.</summary>
    /// <param name="categories">The categories.</param>
    /// <param name="budget">How far XPath may walk for this decision and others; null if for this one alone.</param>
    internal XacmlRequest For(IReadOnlyList<RequestCategory> categories, XPathBudget? budget = null)
    {
        Dictionary<string, XacmlContent>? contents = null;
        List<IncludedAttribute>? included = null;
        foreach (var category in categories)
        {
            foreach (var attribute in category.Attributes)
            {
                if (attribute.Included is not null) included ??= [];
            }

            if (category.Content is not null) (contents ??= new(StringComparer.Ordinal))[category.Category] = category.Content;
        }

        included?.AddRange(categories.SelectMany(category => category.Included));
        return new(categories, ReturnPolicyIdList, included is null ? [] : included, contents)
        {
            XPathBudget = budget,
            Resolved = Reader.Program is { } program ? ResolvedAttributes.Of(program, Reader, categories) : null,
        };
    }
}
