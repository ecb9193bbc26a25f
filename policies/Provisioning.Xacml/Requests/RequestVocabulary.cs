using System.Collections.Frozen;
using System.Text;

namespace Provisioning.Xacml;

/// <summary>The names that a decision point can make something of. What no policy asks for is looked at, and not kept.</summary>
internal sealed class RequestVocabulary
{
    private readonly FrozenDictionary<string, AskedAttribute>? _asked;
    private readonly FrozenDictionary<string, DataType> _types;
    private readonly Utf8Names<AskedAttribute> _utf8Asked;
    private readonly Utf8Names<DataType> _utf8Types;
    private readonly Utf8Names<string> _utf8Categories;

    /// <summary>A vocabulary.</summary>
    /// <param name="types">Data types beyond those of the standard.</param>
    /// <param name="asking">Whose policies ask for attributes; null if all are to be kept.</param>
    public RequestVocabulary(IEnumerable<DataType> types, PolicyProgram? asking)
    {
        _types = DataType.Identifiers.Concat(types.Select(type => KeyValuePair.Create(type.Uri, type))).ToFrozenDictionary(StringComparer.Ordinal);
        Program = asking;
        var slots = asking?.Slots ?? [];
        var bySlot = slots.ToLookup(slot => slot.AttributeId, StringComparer.Ordinal);
        _asked = asking is null ? null : bySlot.Select(same => same.Key).Union(MultipleDecisions.Attributes, StringComparer.Ordinal)
            .ToFrozenDictionary(id => id, id => new AskedAttribute(id, [.. bySlot[id]]), StringComparer.Ordinal);
        _utf8Asked = new(_asked ?? FrozenDictionary<string, AskedAttribute>.Empty);
        _utf8Categories = new(slots.Select(slot => slot.Category).Concat(JsonCategories.All).Distinct(StringComparer.Ordinal).Select(id => KeyValuePair.Create(id, id)));
        // The JSON profile knows the data types by their short names too.
        _utf8Types = new(_types.Concat(DataType.All.Select(type => KeyValuePair.Create(type.Name, type))));
    }

    /// <summary>Keeps everything, and knows the data types of the standard.</summary>
    public static RequestVocabulary Everything { get; } = new([], null);

    /// <summary>Whose policies ask for attributes; null if all are kept.</summary>
    public PolicyProgram? Program { get; }

    /// <summary>Whether the values of all attributes matter.</summary>
    public bool KeepsAll => _asked is null;

    /// <summary>The attributes with an identifier; null if their values do not matter.</summary>
    public AskedAttribute? Asked(string attributeId) => _asked is null ? new(attributeId, []) : _asked.GetValueOrDefault(attributeId);

    /// <summary>The attributes with an identifier; null if their values do not matter.</summary>
    public AskedAttribute? Asked(ReadOnlySpan<byte> attributeId) =>
        _asked is null ? new(Encoding.UTF8.GetString(attributeId), []) : _utf8Asked.Find(attributeId);

    /// <summary>A category as a string: one that policies know without a new one.</summary>
    public string Category(ReadOnlySpan<byte> category) => KnownCategory(category) ?? Encoding.UTF8.GetString(category);

    /// <summary>A category that policies or the standard know, as a string; null if it is another.</summary>
    public string? KnownCategory(ReadOnlySpan<byte> category) => _utf8Categories.Find(category);

    public DataType Type(string uri) => _types.GetValueOrDefault(uri) ?? throw new XacmlSyntaxException($"data type '{uri}' is not supported");

    public DataType? Type(ReadOnlySpan<byte> name, out byte[]? known) => _utf8Types.Find(name, out known);
}
