namespace Provisioning.Xacml;

/// <summary>Takes what a reader finds in a request, whatever the form, and makes the request of it.</summary>
/// <param name="vocabulary">The names that matter.</param>
/// <param name="limits">The limits.</param>
internal sealed class RequestAssembler(RequestVocabulary vocabulary, RequestLimits limits)
{
    private readonly List<RequestCategory> _categories = [];
    private List<IReadOnlyList<string>>? _references;
    private List<RequestAttribute>? _attributes;
    private XacmlContent? _content;
    private RequestAttribute? _last;
    private int _values;

    public RequestVocabulary Vocabulary => vocabulary;

    public RequestLimits Limits => limits;

    public void SetContent(XacmlContent content)
    {
        if (_content is not null) throw new XacmlSyntaxException("a category has more than one Content");
        _content = content;
    }

    /// <summary>Whether the values of an attribute have to be kept.</summary>
    public bool Keeps(string attributeId, bool include) => include || vocabulary.Asks(attributeId);

    /// <summary>Adds a value. Follow-up values of the same attribute come right behind each other.</summary>
    public void Add(string attributeId, string? issuer, bool include, DataType type, string dataType, string text, XPathValue? xpath = null)
    {
        Count();
        var attribute = For(attributeId, issuer, include, type);
        var fits = xpath is null ? type.TryAppend(attribute.Values, text) : Append((Bag<XPathValue>)attribute.Values, xpath);
        if (!fits) throw Invalid(attributeId, text, type);
        attribute.Included?.Add(new(dataType, text, xpath));
    }

    /// <summary>Counts a value that no policy asks for and that cannot be wrong.</summary>
    public void Check() => Count();

    /// <summary>Looks at a value that no policy asks for.</summary>
    public void Check(string attributeId, DataType type, ReadOnlySpan<char> text)
    {
        Count();
        if (!type.Accepts(text)) throw Invalid(attributeId, text.ToString(), type);
    }

    /// <summary>Ends an attribute, so that the next one of the same name stands on its own.</summary>
    public void EndAttribute() => _last = null;

    public void EndCategory(string category, string? id)
    {
        _categories.Add(new(category, id) { Content = _content, Attributes = _attributes is null ? [] : _attributes });
        _content = null;
        _attributes = null;
    }

    public void AddReference(IReadOnlyList<string> categoryIds)
    {
        (_references ??= []).Add(categoryIds);
        if (_references.Count > limits.Decisions) throw new XacmlSyntaxException($"the request asks for more than {limits.Decisions} decisions");
    }

    public XacmlRequestContext Build(bool returnPolicyIdList, bool combinedDecision) => new(_categories)
    {
        ReturnPolicyIdList = returnPolicyIdList,
        CombinedDecision = combinedDecision,
        References = _references is null ? [] : _references,
    };

    private static bool Append(Bag<XPathValue> bag, XPathValue value)
    {
        bag.Append(value);
        return true;
    }

    private static XacmlSyntaxException Invalid(string attributeId, string text, DataType type) =>
        new($"attribute '{attributeId}': '{(text.Length > 100 ? text[..100] + "…" : text)}' is not a valid {type.Name}");

    private void Count()
    {
        if (++_values > limits.Values) throw new XacmlSyntaxException($"the request has more than {limits.Values} attribute values");
    }

    private RequestAttribute For(string attributeId, string? issuer, bool include, DataType type)
    {
        if (_last is not null && _last.Values.Type == type) return _last;
        _last = new(attributeId, issuer, type.NewBag()) { Included = include ? [] : null };
        (_attributes ??= []).Add(_last);
        return _last;
    }
}
