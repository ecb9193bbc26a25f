using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Provisioning.Xacml;

/// <summary>
/// Reads an attribute of the JSON profile. Its members can come in any order; values that come before what is needed to understand them are
/// read a second time at the end.
/// </summary>
internal ref struct JsonAttribute
{
    private readonly RequestAssembler _assembler;
    private readonly ReadOnlySpan<byte> _document;
    private ReadOnlySpan<byte> _id;
    private ReadOnlySpan<byte> _dataType;
    private string? _issuer;
    private bool? _include;
    private bool _hasId;
    private bool _hasDataType;
    private bool _isCounted;
    private int _valueAt;
    private AskedAttribute? _kept;
    private DataType? _type;
    private Bag? _values;

    private JsonAttribute(RequestAssembler assembler, ReadOnlySpan<byte> document)
    {
        _assembler = assembler;
        _document = document;
        _valueAt = -1;
    }

    /// <summary>Reads the attribute that a reader of the document is at.</summary>
    public static void Read(ref Utf8JsonReader json, ReadOnlySpan<byte> document, RequestAssembler assembler)
    {
        json.Require(JsonTokenType.StartObject, "an attribute");
        var attribute = new JsonAttribute(assembler, document);
        while (json.NextMember()) attribute.ReadMember(ref json);
        attribute.Finish();
    }

    private void ReadMember(ref Utf8JsonReader json)
    {
        var name = json.Utf8Text();
        if (name.SequenceEqual("AttributeId"u8)) json.ReadUtf8("AttributeId", ref _id, ref _hasId);
        else if (name.SequenceEqual("DataType"u8)) json.ReadUtf8("DataType", ref _dataType, ref _hasDataType);
        else if (name.SequenceEqual("Value"u8)) ReadValue(ref json);
        else if (name.SequenceEqual("IncludeInResult"u8)) json.ReadFlag("IncludeInResult", ref _include);
        else if (name.SequenceEqual("Issuer"u8)) json.ReadText("Issuer", ref _issuer);
        else throw json.Unknown("an attribute");
    }

    private void ReadValue(ref Utf8JsonReader json)
    {
        if (_valueAt >= 0) throw JsonReading.Twice("Value");
        json.Read();
        _valueAt = (int)json.TokenStartIndex;
        if (_hasId && _hasDataType) ReadValues(ref json, null);
        else json.Skip();
    }

    private void Finish()
    {
        if (!_hasId || _valueAt < 0) throw new XacmlSyntaxException($"an attribute lacks {(_hasId ? "Value" : "AttributeId")}");
        var include = _include ?? false;
        List<IncludedValue>? included = include ? [] : null;
        if (_type is null || include) ReadAgain(included);
        if (_values is not null) _assembler.Add(new(_kept!.Id, _issuer, _values) { Asked = _kept, Included = included });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadAgain(List<IncludedValue>? included)
    {
        // The values are known to be well-formed; behind them goes on what surrounds them.
        var json = new Utf8JsonReader(_document[_valueAt..], isFinalBlock: false, new(new JsonReaderOptions { MaxDepth = _assembler.Limits.Depth }));
        json.Read();
        _type ??= _hasDataType ? null : Inferred(json);
        ReadValues(ref json, included);
    }

    /// <summary>Reads one value or an array of them; keeps them if anybody is going to look at them.</summary>
    private void ReadValues(ref Utf8JsonReader json, List<IncludedValue>? included)
    {
        _type ??= _assembler.Type(_dataType) ?? throw new XacmlSyntaxException($"data type '{Encoding.UTF8.GetString(_dataType)}' is not supported");
        _kept = _assembler.Vocabulary.Asked(_id);
        if (included is not null || _type == DataType.XPathExpression) _kept ??= new(Encoding.UTF8.GetString(_id), []);
        _values = _kept is null ? null : _type.NewBag();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            ReadOne(ref json, _type, included);
        }
        else
        {
            while (json.NextItem()) ReadOne(ref json, _type, included);
        }

        _isCounted = true;
    }

    private readonly void ReadOne(ref Utf8JsonReader json, DataType type, List<IncludedValue>? included)
    {
        if (!_isCounted) _assembler.Count();
        if (type == DataType.XPathExpression)
        {
            var xpath = JsonXPath.Read(ref json, _assembler.Vocabulary);
            ((Bag<XPathValue>)_values!).Append(xpath);
            included?.Add(new(type.Uri, xpath.Expression, xpath));
            return;
        }

        CheckShape(json.TokenType, type);
        // Any text is a string; an escape can be half a character, which is none.
        if (_values is null && type == DataType.String && !json.ValueIsEscaped) return;
        var text = Text(ref json);
        if (!(_values is null ? type.Accepts(text) : type.TryAppend(_values, text)))
            throw RequestAssembler.Invalid(Encoding.UTF8.GetString(_id), text, type);
        included?.Add(new(DataTypeUri(type), text, null));
    }

    // A text may stand for a value of any type; a number or a boolean only for what it is.
    private readonly void CheckShape(JsonTokenType token, DataType type)
    {
        var fits = token switch
        {
            JsonTokenType.String => true,
            JsonTokenType.Number => type == DataType.Integer || type == DataType.Double,
            JsonTokenType.True or JsonTokenType.False => type == DataType.Boolean,
            _ => false,
        };
        if (!fits)
            throw new XacmlSyntaxException($"attribute '{Encoding.UTF8.GetString(_id)}': a JSON {JsonReading.Name(token)} is not a value of type {type.Name}");
    }

    private static string Text(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => json.GetString()!,
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => Encoding.UTF8.GetString(json.ValueSpan),
    };

    // Identifiers are repeated as they were written, short names in full.
    private readonly string DataTypeUri(DataType type) => _dataType.Contains((byte)':') ? Encoding.UTF8.GetString(_dataType) : type.Uri;

    /// <summary>The type of values that do not name theirs (JSON profile 1.1, section 3.3). Whole and broken numbers together are doubles.</summary>
    private static DataType Inferred(Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray) return InferredOne(ref json);
        DataType? all = null;
        while (json.NextItem())
        {
            var one = InferredOne(ref json);
            if (all is null || all == one) all = one;
            else if ((all == DataType.Integer && one == DataType.Double) || (all == DataType.Double && one == DataType.Integer)) all = DataType.Double;
            else throw new XacmlSyntaxException($"values of the types {all.Name} and {one.Name} cannot stand in one array without a DataType");
        }

        return all ?? DataType.String;
    }

    private static DataType InferredOne(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String: return DataType.String;
            case JsonTokenType.True or JsonTokenType.False: return DataType.Boolean;
            case JsonTokenType.Number: return json.ValueSpan.IndexOfAny(".eE"u8) < 0 ? DataType.Integer : DataType.Double;
            case JsonTokenType.StartObject:
                json.TrySkip();
                return DataType.XPathExpression;
            default: throw new XacmlSyntaxException($"a JSON {JsonReading.Name(json.TokenType)} is not a value of an attribute");
        }
    }
}
