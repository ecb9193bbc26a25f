using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Provisioning.Xacml;

/// <summary>
/// Reads requests as programs write them: the elements of the schema without prefixes, attributes in double quotes, text without references.
/// It understands a small part of XML, and answers false to everything else, be it rare or wrong: what is XML is for <see cref="System.Xml.XmlReader"/>
/// to say, which takes several times as long.
/// </summary>
internal ref struct PlainXml(ReadOnlySpan<byte> utf8, PlainRequest request)
{
    // Control characters are wrong, or are changed while they are read; ']' may start what must not be in text.
    private static readonly SearchValues<byte> EndOfText =
        SearchValues.Create([.. "<&]"u8, .. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n')).Select(c => (byte)c)]);

    private static readonly SearchValues<byte> EndOfValue = SearchValues.Create([.. "\"<&"u8, .. Enumerable.Range(0, 0x20).Select(c => (byte)c)]);
    private readonly ReadOnlySpan<byte> _document = utf8;
    private ReadOnlySpan<byte> _rest = utf8;

    public bool TryRead()
    {
        Take(Encoding.UTF8.Preamble);
        // The only characters of valid UTF-8 that XML does not allow start like this, and others that are rare.
        if (!Ascii.IsValid(_rest) && (!Utf8.IsValid(_rest) || _rest.IndexOf((ReadOnlySpan<byte>)[0xEF, 0xBF]) >= 0)) return false;
        Take("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"u8);
        SkipSpace();
        if (!Take("<Request"u8) || !TryReadFlags()) return false;
        while (true)
        {
            SkipSpace();
            if (Take("</Request>"u8)) break;
            if (!Take("<Attributes"u8) || !TryReadCategory()) return false;
        }

        SkipSpace();
        return _rest.IsEmpty;
    }

    private bool TryReadFlags()
    {
        var (hasNamespace, hasPolicies, hasCombined) = (false, false, false);
        while (TryReadAttribute(out var name, out var value))
        {
            if (name.SequenceEqual("xmlns"u8))
            {
                if (hasNamespace || !value.SequenceEqual("urn:oasis:names:tc:xacml:3.0:core:schema:wd-17"u8)) return false;
                hasNamespace = true;
            }
            else if (name.SequenceEqual("ReturnPolicyIdList"u8))
            {
                request.ReturnPolicyIdList = value.SequenceEqual("true"u8);
                if (hasPolicies || !(request.ReturnPolicyIdList || value.SequenceEqual("false"u8))) return false;
                hasPolicies = true;
            }
            else
            {
                // Of one decision alone, there is nothing to combine.
                if (hasCombined || !name.SequenceEqual("CombinedDecision"u8) || !(value.SequenceEqual("false"u8) || value.SequenceEqual("true"u8))) return false;
                hasCombined = true;
            }
        }

        return hasNamespace && hasPolicies && hasCombined && Take(">"u8);
    }

    private bool TryReadCategory()
    {
        if (!TryReadAttribute(out var name, out var category) || !name.SequenceEqual("Category"u8) || !Take(">"u8)) return false;
        while (true)
        {
            SkipSpace();
            if (Take("</Attributes>"u8)) return request.TryEndCategory(_document, category, request.Known(category));
            if (!Take("<Attribute"u8) || !TryReadAttributes()) return false;
        }
    }

    private bool TryReadAttributes()
    {
        ReadOnlySpan<byte> id = default;
        var (hasId, hasInclude) = (false, false);
        while (TryReadAttribute(out var name, out var value))
        {
            if (name.SequenceEqual("AttributeId"u8))
            {
                if (hasId) return false;
                id = value;
                hasId = true;
            }
            else
            {
                if (hasInclude || !name.SequenceEqual("IncludeInResult"u8) || !value.SequenceEqual("false"u8)) return false;
                hasInclude = true;
            }
        }

        if (!hasId || !hasInclude || !Take(">"u8) || !request.TryBeginAttribute(id)) return false;
        for (var isFirst = true; ; isFirst = false)
        {
            SkipSpace();
            if (Take("</Attribute>"u8)) return !isFirst;
            if (!Take("<AttributeValue"u8) || !TryReadValue(isFirst)) return false;
        }
    }

    private bool TryReadValue(bool isFirst)
    {
        if (!TryReadAttribute(out var name, out var dataType) || !name.SequenceEqual("DataType"u8) || !Take(">"u8)) return false;
        // Without a colon it might be one of the short names, which are for JSON.
        var length = _rest.IndexOfAny(EndOfText);
        if (length < 0 || !dataType.Contains((byte)':')) return false;
        var text = _rest[..length];
        _rest = _rest[length..];
        return Take("</AttributeValue>"u8) && request.TryAdd(dataType, text, isFirst);
    }

    /// <summary>Reads an attribute; answers false where there is none, or another than a plain one.</summary>
    private bool TryReadAttribute(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        if (!Take(" "u8)) return false;
        var length = _rest.IndexOf((byte)'=');
        if (length < 0 || length > _rest.Length - 2 || _rest[length + 1] != '"') return false;
        name = _rest[..length];
        _rest = _rest[(length + 2)..];
        length = _rest.IndexOfAny(EndOfValue);
        if (length < 0 || _rest[length] != '"') return false;
        value = _rest[..length];
        _rest = _rest[(length + 1)..];
        return true;
    }

    private bool Take(ReadOnlySpan<byte> expected)
    {
        if (!_rest.StartsWith(expected)) return false;
        _rest = _rest[expected.Length..];
        return true;
    }

    private void SkipSpace()
    {
        var length = _rest.IndexOfAnyExcept(" \t\r\n"u8);
        _rest = length < 0 ? default : _rest[length..];
    }
}
