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
    private int _at;

    public bool TryRead()
    {
        if (_document.StartsWith(Encoding.UTF8.Preamble)) _at = Encoding.UTF8.Preamble.Length;
        if (!Utf8.IsValid(_document) || !Take('{') || !TryReadName(out var name) || !name.SequenceEqual("Request"u8) || !Take('{') || !TryReadMembers()) return false;
        if (!Take('}')) return false;
        SkipSpace();
        return _at == _document.Length;
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
        ReadOnlySpan<byte> id = default, dataType = default;
        var (hasId, hasInclude, isRead, valueAt) = (false, false, false, -1);
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
                if (valueAt >= 0) return false;
                valueAt = _at;
                isRead = hasId && !dataType.IsEmpty;
                if (!(isRead ? TryReadValues(id, dataType) : TrySkipValues())) return false;
            }
            else
            {
                if (hasInclude || !name.SequenceEqual("IncludeInResult"u8) || !TryReadFlag(out var include) || include) return false;
                hasInclude = true;
            }
        }
        while (Take(','));
        if (!hasId || valueAt < 0 || !Take('}')) return false;
        if (isRead) return true;
        var end = _at;
        _at = valueAt;
        // Text that does not name its type is a string.
        if (!TryReadValues(id, dataType.IsEmpty ? "string"u8 : dataType)) return false;
        _at = end;
        return true;
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

    private bool TryReadValues(ReadOnlySpan<byte> id, ReadOnlySpan<byte> dataType)
    {
        if (!request.TryBeginAttribute(id)) return false;
        var isArray = Take('[');
        var isFirst = true;
        do
        {
            if (!TryReadText(out var text) || !request.TryAdd(dataType, text, isFirst)) return false;
            isFirst = false;
        }
        while (isArray && Take(','));
        return !isArray || Take(']');
    }

    private bool TryReadName(out ReadOnlySpan<byte> name) => TryReadText(out name) && Take(':');

    private bool TryReadFlag(out bool flag)
    {
        SkipSpace();
        flag = _document[_at..].StartsWith("true"u8);
        if (!flag && !_document[_at..].StartsWith("false"u8)) return false;
        _at += flag ? "true"u8.Length : "false"u8.Length;
        return true;
    }

    private bool TryReadText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Take('"')) return false;
        var rest = _document[_at..];
        var length = rest.IndexOfAny(EndOfText);
        if (length < 0 || rest[length] != '"') return false;
        text = rest[..length];
        _at += length + 1;
        return true;
    }

    private bool Take(char expected)
    {
        // Programs write no white space, people do.
        if ((uint)_at < (uint)_document.Length && _document[_at] == expected)
        {
            _at++;
            return true;
        }

        var before = _at;
        SkipSpace();
        return _at > before && Take(expected);
    }

    private void SkipSpace()
    {
        while (_at < _document.Length && _document[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
    }
}
