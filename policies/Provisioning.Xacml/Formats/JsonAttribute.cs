using System.Text;
using System.Text.Json;

namespace Provisioning.Xacml;

/// <summary>Reads an attribute of the JSON profile: its members can come in any order, so that the value waits until all are known.</summary>
internal ref struct JsonAttribute
{
    private ReadOnlySpan<byte> _id;
    private ReadOnlySpan<byte> _dataType;
    private string? _issuer;
    private bool? _include;
    private Utf8JsonReader _value;
    private bool _hasId;
    private bool _hasDataType;
    private bool _hasValue;

    public static void Read(ref Utf8JsonReader json, RequestAssembler assembler)
    {
        json.Require(JsonTokenType.StartObject, "an attribute");
        var attribute = default(JsonAttribute);
        while (json.NextMember())
        {
            if (json.ValueTextEquals("AttributeId"u8)) json.ReadUtf8("AttributeId", ref attribute._id, ref attribute._hasId);
            else if (json.ValueTextEquals("Value"u8)) attribute.Remember(ref json);
            else if (json.ValueTextEquals("DataType"u8)) json.ReadUtf8("DataType", ref attribute._dataType, ref attribute._hasDataType);
            else if (json.ValueTextEquals("Issuer"u8)) json.ReadText("Issuer", ref attribute._issuer);
            else if (json.ValueTextEquals("IncludeInResult"u8)) json.ReadFlag("IncludeInResult", ref attribute._include);
            else throw json.Unknown("an attribute");
        }

        if (!attribute._hasId || !attribute._hasValue)
            throw new XacmlSyntaxException($"an attribute lacks {(attribute._hasId ? "Value" : "AttributeId")}");
        attribute.AddTo(assembler);
    }

    private void Remember(ref Utf8JsonReader json)
    {
        if (_hasValue) throw JsonReading.Twice("Value");
        _hasValue = true;
        json.Read();
        _value = json;
        json.Skip();
    }

    private void AddTo(RequestAssembler assembler)
    {
        var include = _include ?? false;
        var type = _hasDataType
            ? assembler.Vocabulary.Type(_dataType) ?? throw new XacmlSyntaxException($"data type '{Encoding.UTF8.GetString(_dataType)}' is not supported")
            : Inferred(_value);
        var kept = assembler.Vocabulary.Asked(_id) ?? (include || type == DataType.XPathExpression ? Encoding.UTF8.GetString(_id) : null);
        if (_value.TokenType == JsonTokenType.StartArray)
        {
            while (_value.NextItem()) AddValue(assembler, kept, include, type);
        }
        else
        {
            AddValue(assembler, kept, include, type);
        }

        assembler.EndAttribute();
    }

    private void AddValue(RequestAssembler assembler, string? kept, bool include, DataType type)
    {
        if (type == DataType.XPathExpression)
        {
            var xpath = JsonXPath.Read(ref _value, assembler.Vocabulary);
            assembler.Add(kept!, _issuer, include, type, type.Uri, xpath.Expression, xpath);
            return;
        }

        CheckShape(type);
        if (kept is not null) assembler.Add(kept, _issuer, include, type, include ? DataTypeUri(type) : type.Uri, Text());
        else if (type == DataType.String) assembler.Check();
        else assembler.Check(Encoding.UTF8.GetString(_id), type, Text());
    }

    // A text may stand for a value of any type; a number or a boolean only for what it is.
    private readonly void CheckShape(DataType type)
    {
        var fits = _value.TokenType switch
        {
            JsonTokenType.String => true,
            JsonTokenType.Number => type == DataType.Integer || type == DataType.Double,
            JsonTokenType.True or JsonTokenType.False => type == DataType.Boolean,
            _ => false,
        };
        if (!fits)
        {
            throw new XacmlSyntaxException(
                $"attribute '{Encoding.UTF8.GetString(_id)}': a JSON {JsonReading.Name(_value.TokenType)} is not a value of type {type.Name}");
        }
    }

    private readonly string Text() => _value.TokenType switch
    {
        JsonTokenType.String => _value.GetString()!,
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => Encoding.UTF8.GetString(_value.ValueSpan),
    };

    // Identifiers are repeated as they were written, short names in full.
    private readonly string DataTypeUri(DataType type) => _dataType.Contains((byte)':') ? Encoding.UTF8.GetString(_dataType) : type.Uri;

    /// <summary>The type of values that do not name theirs (JSON profile 1.1, section 3.3). Whole and broken numbers together are doubles.</summary>
    private static DataType Inferred(Utf8JsonReader value)
    {
        if (value.TokenType != JsonTokenType.StartArray) return InferredOne(ref value);
        DataType? all = null;
        while (value.NextItem())
        {
            var one = InferredOne(ref value);
            if (all is null || all == one) all = one;
            else if ((all == DataType.Integer && one == DataType.Double) || (all == DataType.Double && one == DataType.Integer)) all = DataType.Double;
            else throw new XacmlSyntaxException($"values of the types {all.Name} and {one.Name} cannot stand in one array without a DataType");
        }

        return all ?? DataType.String;
    }

    private static DataType InferredOne(ref Utf8JsonReader value)
    {
        switch (value.TokenType)
        {
            case JsonTokenType.String: return DataType.String;
            case JsonTokenType.True or JsonTokenType.False: return DataType.Boolean;
            case JsonTokenType.Number: return value.ValueSpan.IndexOfAny(".eE"u8) < 0 ? DataType.Integer : DataType.Double;
            case JsonTokenType.StartObject:
                value.Skip();
                return DataType.XPathExpression;
            default: throw new XacmlSyntaxException($"a JSON {JsonReading.Name(value.TokenType)} is not a value of an attribute");
        }
    }
}
