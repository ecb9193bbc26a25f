using System.Text;

namespace Provisioning.Xacml;

/// <summary>A request while it is read that asks for one decision and for nothing but the decision, as nearly all do. Whoever reads something else,
/// or something that is wrong, is answered false and starts anew with a <see cref="RequestAssembler"/>, which knows everything and says what is
/// wrong. Used again and again by one thread.</summary>
internal sealed class PlainRequest
{
    [ThreadStatic]
    private static PlainRequest? _spare;

    // How deep objects and arrays of JSON are nested in such a request.
    private const int Depth = 7;
    private readonly List<(int At, int Length, string? Known)> _categories = [];
    private readonly List<Entry> _entries = [];
    private char[] _text = new char[256];
    private RequestVocabulary _vocabulary = RequestVocabulary.Everything;
    private RequestLimits _limits = RequestLimits.Default;
    private byte[]? _typeName;
    private DataType? _type;
    private AskedAttribute? _asked;
    private int _values;

    // The entries from here on are of the category that is being read.
    private int _start;

    /// <summary>Whether the policies are to be named with the result.</summary>
    public bool ReturnPolicyIdList { get; set; }

    /// <summary>Reads a request; null if it is not plain.</summary>
    public static XacmlRequestContext? Read(ReadOnlySpan<byte> utf8, PolicyDecisionPoint decider, bool isJson)
    {
        // Who supplies attributes may look at others, which are not kept here.
        if (decider.Vocabulary.Program is not { AttributeProviders.Count: 0 } program || utf8.Length > decider.Limits.Length || decider.Limits.Depth < Depth) return null;
        var request = _spare ?? new();
        _spare = null;
        (request._vocabulary, request._limits) = (decider.Vocabulary, decider.Limits);
        var isPlain = isJson ? new PlainJson(utf8, request).TryRead() : new PlainXml(utf8, request).TryRead();
        var read = isPlain ? request.Build(program) : null;
        request.Clear();
        _spare = request;
        return read;
    }

    /// <summary>Starts an attribute, or starts it anew.</summary>
    public bool TryBeginAttribute(ReadOnlySpan<byte> attributeId)
    {
        _asked = _vocabulary.Asked(attributeId);
        return _asked is null || !MultipleDecisions.Spreads(_asked.Id);
    }

    /// <summary>Adds a value to the attribute. Several values of an attribute come right behind each other.</summary>
    public bool TryAdd(ReadOnlySpan<byte> dataType, ReadOnlySpan<byte> text, bool isFirst)
    {
        if (++_values > _limits.Values) return false;
        if (_typeName is null || !dataType.SequenceEqual(_typeName)) _type = _vocabulary.Type(dataType, out _typeName);
        if (_type is null || _type == DataType.XPathExpression) return false;
        if (_asked is null && _type == DataType.String) return true;
        if (text.Length > _text.Length) _text = new char[text.Length];
        var value = _text.AsSpan(0, Encoding.UTF8.GetChars(text, _text));
        return _asked is null ? _type.Accepts(value) : _type.TryAppend(BagFor(_asked, _type, isFirst), value);
    }

    /// <summary>Ends a category.</summary>
    /// <param name="document">The text of the request.</param>
    /// <param name="name">The name of the category, in that text.</param>
    /// <param name="known">The category as a string, if policies or the standard know it.</param>
    public bool TryEndCategory(ReadOnlySpan<byte> document, ReadOnlySpan<byte> name, string? known)
    {
        if (_categories.Count == _limits.Categories) return false;
        foreach (var before in _categories)
        {
            // A category that is there twice makes two decisions.
            if (known is null ? before.Known is null && document.Slice(before.At, before.Length).SequenceEqual(name) : before.Known == known) return false;
        }

        document.Overlaps(name, out var at);
        _categories.Add((at, name.Length, known));
        for (; _start < _entries.Count; _start++) _entries[_start] = _entries[_start] with { Category = known };
        return true;
    }

    /// <summary>A category by its name as the string that policies or the standard know.</summary>
    public string? Known(ReadOnlySpan<byte> category) => _vocabulary.KnownCategory(category);

    private Bag BagFor(AskedAttribute asked, DataType type, bool isFirst)
    {
        if (!isFirst && _entries.Count > 0 && _entries[^1].Values.Type == type) return _entries[^1].Values;
        var bag = type.NewBag();
        _entries.Add(new(asked, bag, null));
        return bag;
    }

    private XacmlRequestContext? Build(PolicyProgram program)
    {
        if (_categories.Count == 0) return null;
        var resolved = new ResolvedAttributes(program);
        foreach (var entry in _entries)
        {
            if (entry.Category is not null) resolved.Add(entry.Category, null, entry.Values, entry.Asked.Slots);
        }

        return new(new XacmlRequest(resolved, ReturnPolicyIdList), _vocabulary);
    }

    private void Clear()
    {
        _categories.Clear();
        _entries.Clear();
        (_asked, _values, _start, ReturnPolicyIdList) = (null, 0, 0, false);
        (_typeName, _type, _vocabulary) = (null, null, RequestVocabulary.Everything);
        // A single huge value must not stay with the thread.
        if (_text.Length > 4096) _text = new char[256];
    }

    private readonly record struct Entry(AskedAttribute Asked, Bag Values, string? Category);
}
