using System.Collections.Frozen;
using System.Text;

namespace Provisioning.Xacml;

/// <summary>The names that a decision point can make something of. What no policy asks for is looked at, and not kept.</summary>
internal sealed class RequestVocabulary
{
    private readonly FrozenSet<string>? _asked;
    private readonly FrozenDictionary<string, DataType> _types;
    private readonly Utf8Names<string> _utf8Asked;
    private readonly Utf8Names<DataType> _utf8Types;
    private readonly Utf8Names<string> _utf8Categories;

    /// <summary>A vocabulary.</summary>
    /// <param name="types">Data types beyond those of the standard.</param>
    /// <param name="asked">The attributes that policies ask for; null if all are to be kept.</param>
    public RequestVocabulary(IEnumerable<DataType> types, IReadOnlyCollection<AttributeSlot>? asked)
    {
        _types = DataType.Identifiers.Concat(types.Select(type => KeyValuePair.Create(type.Uri, type))).ToFrozenDictionary(StringComparer.Ordinal);
        _asked = asked?.Select(slot => slot.AttributeId).Concat(MultipleDecisions.Attributes).ToFrozenSet(StringComparer.Ordinal);
        _utf8Asked = new((_asked ?? []).Select(id => KeyValuePair.Create(id, id)));
        _utf8Categories = new((asked ?? []).Select(slot => slot.Category).Distinct(StringComparer.Ordinal).Select(id => KeyValuePair.Create(id, id)));
        // The JSON profile knows the data types by their short names too.
        _utf8Types = new(_types.Concat(DataType.All.Select(type => KeyValuePair.Create(type.Name, type))));
    }

    /// <summary>Keeps everything, and knows the data types of the standard.</summary>
    public static RequestVocabulary Everything { get; } = new([], null);

    /// <summary>Whether the values of all attributes matter.</summary>
    public bool KeepsAll => _asked is null;

    /// <summary>Whether the values of an attribute matter.</summary>
    public bool Asks(string attributeId) => _asked is null || _asked.Contains(attributeId);

    /// <summary>The identifier as a string if its values matter, else null.</summary>
    public string? Asked(ReadOnlySpan<byte> attributeId) =>
        _asked is null ? Encoding.UTF8.GetString(attributeId) : _utf8Asked.Find(attributeId);

    /// <summary>A category as a string: one that policies know without a new one.</summary>
    public string Category(ReadOnlySpan<byte> category) => _utf8Categories.Find(category) ?? Encoding.UTF8.GetString(category);

    public DataType Type(string uri) => _types.GetValueOrDefault(uri) ?? throw new XacmlSyntaxException($"data type '{uri}' is not supported");

    public DataType? Type(ReadOnlySpan<byte> name, out byte[]? known) => _utf8Types.Find(name, out known);
}
