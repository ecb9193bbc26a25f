using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Provisioning.Xacml;

/// <summary>
/// Reads requests of the JSON profile as programs write them: text without escapes, values as text, nothing twice. It answers false to everything
/// else, be it rare or wrong: what is JSON is for <see cref="System.Text.Json.Utf8JsonReader"/> to say.
/// </summary>
internal ref struct PlainJson(ReadOnlySpan<byte> utf8, PlainRequest request)
{
    private static readonly SearchValues<byte> EndOfText = SearchValues.Create([.. "\"\\"u8, .. Enumerable.Range(0, 0x20).Select(c => (byte)c)]);
    private readonly ReadOnlySpan<byte> _document = utf8;
    private ReadOnlySpan<byte> _rest = utf8;

    public bool TryRead()
    {
        if (_rest.StartsWith(Encoding.UTF8.Preamble)) _rest = _rest[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(_rest) || !Take('{') || !TryReadName(out var name) || !name.SequenceEqual("Request"u8) || !Take('{') || !TryReadMembers()) return false;
        return Take('}') && !TryPeek(out _);
    }

    private bool TryReadMembers()
    {
        var (hasCategories, hasPolicies, hasCombined) = (false, false, false);
        do
        {
            if (!TryReadName(out var name)) return false;
            if (name.SequenceEqual("Category"u8))
            {
                if (hasCategories || !TryReadCategories()) return false;
                hasCategories = true;
            }
            else if (name.SequenceEqual("ReturnPolicyIdList"u8))
            {
                if (hasPolicies || !TryReadFlag(out var flag)) return false;
                (hasPolicies, request.ReturnPolicyIdList) = (true, flag);
            }
            else
            {
                // Of one decision alone, there is nothing to combine.
                if (hasCombined || !name.SequenceEqual("CombinedDecision"u8) || !TryReadFlag(out _)) return false;
                hasCombined = true;
            }
        }
        while (Take(','));
        return hasCategories && Take('}');
    }

    private bool TryReadCategories()
    {
        if (!Take('[')) return false;
        do
        {
            if (!TryReadCategory()) return false;
        }
        while (Take(','));
        return Take(']');
    }

    private bool TryReadCategory()
    {
        if (!Take('{')) return false;
        ReadOnlySpan<byte> category = default;
        var (hasCategory, hasAttributes) = (false, false);
        do
        {
            if (!TryReadName(out var name)) return false;
            if (name.SequenceEqual("CategoryId"u8))
            {
                if (hasCategory || !TryReadText(out category)) return false;
                hasCategory = true;
            }
            else
            {
                if (hasAttributes || !name.SequenceEqual("Attribute"u8) || !TryReadAttributes()) return false;
                hasAttributes = true;
            }
        }
        while (Take(','));
        return hasCategory && Take('}') && request.TryEndCategory(_document, category, JsonCategories.Find(category) ?? request.Known(category));
    }

    private bool TryReadAttributes()
    {
        if (!Take('[')) return false;
        do
        {
            if (!TryReadAttribute()) return false;
        }
        while (Take(','));
        return Take(']');
    }

    private bool TryReadAttribute()
    {
        if (!Take('{')) return false;
        ReadOnlySpan<byte> id = default, dataType = default, values = default;
        var (hasId, hasInclude) = (false, false);
        do
        {
            if (!TryReadName(out var name)) return false;
            if (name.SequenceEqual("AttributeId"u8))
            {
                if (hasId || !TryReadText(out id)) return false;
                hasId = true;
            }
            else if (name.SequenceEqual("DataType"u8))
            {
                if (!dataType.IsEmpty || !TryReadText(out dataType) || dataType.IsEmpty) return false;
            }
            else if (name.SequenceEqual("Value"u8))
            {
                if (!values.IsEmpty) return false;
                values = _rest;
                if (!TrySkipValues()) return false;
            }
            else
            {
                if (hasInclude || !name.SequenceEqual("IncludeInResult"u8) || !TryReadFlag(out var include) || include) return false;
                hasInclude = true;
            }
        }
        while (Take(','));
        return hasId && !values.IsEmpty && Take('}') && request.TryBeginAttribute(id)
            // Text that does not name its type is a string.
            && TryReadValues(values, dataType.IsEmpty ? "string"u8 : dataType);
    }

    // What is needed to understand the values may come behind them.
    private bool TrySkipValues()
    {
        if (!Take('[')) return TryReadText(out _);
        do
        {
            if (!TryReadText(out _)) return false;
        }
        while (Take(','));
        return Take(']');
    }

    private bool TryReadValues(ReadOnlySpan<byte> values, ReadOnlySpan<byte> dataType)
    {
        var behind = _rest;
        _rest = values;
        var isArray = Take('[');
        var isFirst = true;
        do
        {
            if (!TryReadText(out var text) || !request.TryAdd(dataType, text, isFirst)) return false;
            isFirst = false;
        }
        while (isArray && Take(','));
        _rest = behind;
        return true;
    }

    private bool TryReadName(out ReadOnlySpan<byte> name) => TryReadText(out name) && Take(':');

    private bool TryReadFlag(out bool flag)
    {
        TryPeek(out _);
        flag = _rest.StartsWith("true"u8);
        if (!flag && !_rest.StartsWith("false"u8)) return false;
        _rest = _rest[(flag ? "true"u8.Length : "false"u8.Length)..];
        return true;
    }

    private bool TryReadText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Take('"')) return false;
        var length = _rest.IndexOfAny(EndOfText);
        if (length < 0 || _rest[length] != '"') return false;
        text = _rest[..length];
        _rest = _rest[(length + 1)..];
        return true;
    }

    private bool Take(char expected)
    {
        if (!TryPeek(out var next) || next != expected) return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Looks at what comes next behind white space.</summary>
    private bool TryPeek(out byte next)
    {
        var at = 0;
        while (at < _rest.Length && _rest[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        if (at > 0) _rest = _rest[at..];
        next = _rest.IsEmpty ? (byte)0 : _rest[0];
        return !_rest.IsEmpty;
    }
}
