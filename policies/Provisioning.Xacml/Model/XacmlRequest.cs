namespace Provisioning.Xacml;

/// <summary>The attributes to decide about. Made by <see cref="XacmlRequestBuilder"/> or read from XML or JSON. Immutable; one request can be
/// evaluated many times and by many threads.</summary>
public sealed class XacmlRequest
{
    private readonly Dictionary<string, XacmlContent>? _contents;
    private readonly IReadOnlyList<RequestCategory> _categories = [];
    private readonly bool _isPlain;

    // Boxed, since most requests have none.
    private readonly object? _moment;
    private AttributeTable? _attributes;

    internal XacmlRequest(
        AttributeTable attributes, bool returnPolicyIdList, IReadOnlyList<IncludedAttribute> included,
        Dictionary<string, XacmlContent>? contents = null)
    {
        _contents = contents;
        _attributes = attributes;
        ReturnPolicyIdList = returnPolicyIdList;
        Included = included;
    }

    /// <summary>A request that was read.</summary>
    internal XacmlRequest(
        IReadOnlyList<RequestCategory> categories, bool returnPolicyIdList, IReadOnlyList<IncludedAttribute> included,
        Dictionary<string, XacmlContent>? contents)
    {
        _categories = categories;
        _contents = contents;
        ReturnPolicyIdList = returnPolicyIdList;
        Included = included;
    }

    /// <summary>A request that was read for a decision point, with nothing but what that point looks at.</summary>
    internal XacmlRequest(ResolvedAttributes resolved, bool returnPolicyIdList)
        : this((IReadOnlyList<RequestCategory>)[], returnPolicyIdList, [], null)
    {
        Resolved = resolved;
        _isPlain = true;
    }

    internal static XacmlRequest Empty { get; } = new(new AttributeTable(), false, []);

    /// <summary>All attributes. Decisions on what was read for them do well without, so that it is made when somebody asks for it.</summary>
    internal AttributeTable Attributes => _attributes ??= _isPlain ? Resolved!.ToTable() : AttributeTable.Of(_categories);

    /// <summary>The attributes by the slots of the decision point that the request was made for; null if it was made for any.</summary>
    internal ResolvedAttributes? Resolved { get; init; }

    internal bool ReturnPolicyIdList { get; }

    internal IReadOnlyList<IncludedAttribute> Included { get; }

    /// <summary>The moment that the request is about; null for the moment of its evaluation.</summary>
    internal DateTimeOffset? Moment
    {
        get => (DateTimeOffset?)_moment;
        init => _moment = value;
    }

    /// <summary>How far XPath may walk for this decision and those made with it; null if it is made alone.</summary>
    internal XPathBudget? XPathBudget { get; init; }

    /// <summary>The content of a category; null if it has none.</summary>
    internal XacmlContent? Content(string category) => _contents?.GetValueOrDefault(category);

    /// <summary>This request with a category as another request has it. Nothing is to be returned with the result.</summary>
    internal XacmlRequest With(string category, XacmlRequest other, XPathBudget budget)
    {
        var contents = _contents is null ? new(StringComparer.Ordinal) : new Dictionary<string, XacmlContent>(_contents, StringComparer.Ordinal);
        contents.Remove(category);
        if (other.Content(category) is { } content) contents.Add(category, content);
        return new(Attributes.With(category, other.Attributes), false, [], contents) { XPathBudget = budget, Moment = Moment };
    }

    /// <summary>The values of an attribute.</summary>
    /// <typeparam name="T">The CLR type of the values.</typeparam>
    /// <param name="category">The attribute's category.</param>
    /// <param name="attributeId">The attribute's identifier.</param>
    /// <param name="dataType">The data type of the values.</param>
    /// <param name="issuer">Who has to vouch for it; null if that does not matter.</param>
    /// <returns>The values; empty if the request has none.</returns>
    public Bag<T> Find<T>(string category, string attributeId, DataType<T> dataType, string? issuer = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(dataType);
        return (Bag<T>)Find(category, attributeId, (DataType)dataType, issuer);
    }

    /// <summary>The values of an attribute, of whatever type.</summary>
    /// <param name="category">The attribute's category.</param>
    /// <param name="attributeId">The attribute's identifier.</param>
    /// <param name="dataType">The data type of the values.</param>
    /// <param name="issuer">Who has to vouch for it; null if that does not matter.</param>
    /// <returns>The values; empty if the request has none.</returns>
    public Bag Find(string category, string attributeId, DataType dataType, string? issuer = null)
    {
        ArgumentNullException.ThrowIfNull(dataType);
        return Attributes.Find(category, attributeId, dataType, issuer) ?? dataType.Empty;
    }
}
