namespace Provisioning.Xacml;

/// <summary>Takes what a reader finds in a request, whatever the form, and makes the request of it.</summary>
/// <param name="vocabulary">The names that matter.</param>
/// <param name="limits">The limits.</param>
internal sealed class RequestAssembler(RequestVocabulary vocabulary, RequestLimits limits)
{
    private readonly List<RequestCategory> _categories = new(8);
    private byte[]? _lastTypeName;
    private string? _lastTypeUri;
    private DataType? _lastType;
    private List<IReadOnlyList<string>>? _references;
    private List<RequestAttribute>? _attributes;
    private XacmlContent? _content;
    private RequestAttribute? _last;
    private int _values;
    private bool _isSpread;

    public RequestVocabulary Vocabulary => vocabulary;

    /// <summary>The data type with a name; null if there is none.</summary>
    public DataType? Type(ReadOnlySpan<byte> name)
    {
        // Most values are of the same type as the one before.
        if (_lastTypeName is not null && name.SequenceEqual(_lastTypeName)) return _lastType;
        _lastType = vocabulary.Type(name, out _lastTypeName);
        return _lastType;
    }

    /// <summary>The data type with an identifier.</summary>
    /// <exception cref="XacmlSyntaxException">There is none.</exception>
    public DataType Type(string uri)
    {
        if (_lastType is not null && uri == _lastTypeUri) return _lastType;
        (_lastTypeUri, _lastType) = (uri, vocabulary.Type(uri));
        return _lastType;
    }

    public RequestLimits Limits => limits;

    /// <summary>Whether the request asks for decisions by reference.</summary>
    public bool HasReferences => _references is not null;

    public void SetContent(XacmlContent content)
    {
        if (_content is not null) throw new XacmlSyntaxException("a category has more than one Content");
        _content = content;
    }

    /// <summary>Adds a value. Follow-up values of the same attribute come right behind each other.</summary>
    public void Add(AskedAttribute attribute, string? issuer, bool include, DataType type, string dataType, string text, XPathValue? xpath = null)
    {
        Count();
        var values = For(attribute, issuer, include, type);
        var fits = xpath is null ? type.TryAppend(values.Values, text) : Append((Bag<XPathValue>)values.Values, xpath);
        if (!fits) throw Invalid(attribute.Id, text, type);
        values.Included?.Add(new(dataType, text, xpath));
    }

    /// <summary>Looks at a value that no policy asks for.</summary>
    public void Check(string attributeId, DataType type, ReadOnlySpan<char> text)
    {
        Count();
        if (!type.Accepts(text)) throw Invalid(attributeId, text.ToString(), type);
    }

    /// <summary>Adds all values of an attribute.</summary>
    public void Add(RequestAttribute attribute)
    {
        _isSpread |= MultipleDecisions.Spreads(attribute.AttributeId);
        (_attributes ??= []).Add(attribute);
    }

    /// <summary>Ends an attribute, so that the next one of the same name stands on its own.</summary>
    public void EndAttribute() => _last = null;

    public void EndCategory(string category, string? id)
    {
        if (_categories.Count == limits.Categories) throw new XacmlSyntaxException($"the request has more than {limits.Categories} categories");
        foreach (var before in _categories)
        {
            _isSpread |= before.Category == category;
            if (id is not null && before.Id == id) throw new XacmlSyntaxException($"the id '{id}' is that of more than one category");
        }

        _categories.Add(new(category, id) { Content = _content, Attributes = _attributes is null ? [] : _attributes });
        _content = null;
        _attributes = null;
    }

    public void AddReference(IReadOnlyList<string> categoryIds)
    {
        (_references ??= []).Add(categoryIds);
        if (_references.Count > limits.Decisions) throw new XacmlSyntaxException($"the request asks for more than {limits.Decisions} decisions");
    }

    public XacmlRequestContext Build(bool returnPolicyIdList, bool combinedDecision) => new(_categories, vocabulary)
    {
        ReturnPolicyIdList = returnPolicyIdList,
        CombinedDecision = combinedDecision,
        References = _references is null ? [] : _references,
        IsSingle = !_isSpread && _references is null,
    };

    private static bool Append(Bag<XPathValue> bag, XPathValue value)
    {
        bag.Append(value);
        return true;
    }

    public static XacmlSyntaxException Invalid(string attributeId, string text, DataType type) =>
        new($"attribute '{attributeId}': {LexicalLimits.Fault(type, text)}");

    /// <summary>Counts a value.</summary>
    public void Count()
    {
        if (++_values > limits.Values) throw new XacmlSyntaxException($"the request has more than {limits.Values} attribute values");
    }

    private RequestAttribute For(AskedAttribute attribute, string? issuer, bool include, DataType type)
    {
        if (_last is not null && _last.Values.Type == type) return _last;
        _last = new(attribute.Id, issuer, type.NewBag()) { Asked = attribute, Included = include ? [] : null };
        Add(_last);
        return _last;
    }
}
