using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>A data type: how its values are read and written. Instances are unique, so that types compare by reference.</summary>
internal sealed class DataType
{
    public static readonly DataType String = new("string", DataTypes.String, text => text, value => (string)value, trim: false);
    public static readonly DataType Boolean = new(
        "boolean", DataTypes.Boolean, text => XmlConvert.ToBoolean(text), value => (bool)value ? "true" : "false");
    public static readonly DataType Integer = new(
        "integer", DataTypes.Integer, text => ParseInteger(text), value => ((BigInteger)value).ToString(CultureInfo.InvariantCulture));
    public static readonly DataType Double = new(
        "double", DataTypes.Double, text => XmlConvert.ToDouble(text), value => XmlConvert.ToString((double)value));
    public static readonly DataType Date = new(
        "date", DataTypes.Date, text => Temporal.ParseDate(text), value => ((Temporal)value).FormatDate());
    public static readonly DataType Time = new(
        "time", DataTypes.Time, text => Temporal.ParseTime(text), value => ((Temporal)value).FormatTime());
    public static readonly DataType DateTime = new(
        "dateTime", DataTypes.DateTime, text => Temporal.ParseDateTime(text), value => ((Temporal)value).FormatDateTime());
    public static readonly DataType AnyUri = new("anyURI", DataTypes.AnyUri, text => text, value => (string)value);
    public static readonly DataType HexBinary = new(
        "hexBinary", DataTypes.HexBinary, text => Convert.ToHexString(Convert.FromHexString(text)), value => (string)value);
    public static readonly DataType Base64Binary = new(
        "base64Binary", DataTypes.Base64Binary, text => Convert.ToBase64String(Convert.FromBase64String(text)), value => (string)value);
    public static readonly DataType DayTimeDuration = new(
        "dayTimeDuration", DataTypes.DayTimeDuration, text => Durations.ParseDayTime(text), value => XmlConvert.ToString((TimeSpan)value));
    public static readonly DataType YearMonthDuration = new(
        "yearMonthDuration", DataTypes.YearMonthDuration, text => Durations.ParseYearMonth(text), value => Durations.FormatYearMonth((int)value));
    public static readonly DataType Rfc822Name = new("rfc822Name", DataTypes.Rfc822Name, Names.ParseMail, value => (string)value);
    public static readonly DataType X500Name = new("x500Name", DataTypes.X500Name, Names.ParseX500, value => ((string)value).Replace('\n', ','));
    public static readonly DataType IpAddress = new("ipAddress", DataTypes.IpAddress, Names.ParseIpAddress, value => (string)value);
    public static readonly DataType DnsName = new("dnsName", DataTypes.DnsName, Names.ParseDnsName, value => (string)value);

    public static readonly IReadOnlyList<DataType> All =
    [
        String, Boolean, Integer, Double, Date, Time, DateTime, AnyUri, HexBinary, Base64Binary,
        DayTimeDuration, YearMonthDuration, Rfc822Name, X500Name, IpAddress, DnsName,
    ];

    private static readonly FrozenDictionary<string, DataType> ByUri = All
        .Select(type => (type.Uri, type))
        // The identifiers of XACML 2.0; policies in the field still use them.
        .Append(("http://www.w3.org/TR/2002/WD-xquery-operators-20020816#dayTimeDuration", DayTimeDuration))
        .Append(("http://www.w3.org/TR/2002/WD-xquery-operators-20020816#yearMonthDuration", YearMonthDuration))
        .Append(("urn:oasis:names:tc:xacml:2.0:data-type:dayTimeDuration", DayTimeDuration))
        .Append(("urn:oasis:names:tc:xacml:2.0:data-type:yearMonthDuration", YearMonthDuration))
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2);

    private readonly Func<string, object> _parse;
    private readonly Func<object, string> _format;
    private readonly bool _trim;

    private DataType(string name, string uri, Func<string, object> parse, Func<object, string> format, bool trim = true)
    {
        Name = name;
        Uri = uri;
        _parse = parse;
        _format = format;
        _trim = trim;
    }

    public string Name { get; }

    public string Uri { get; }

    public static DataType? Find(string uri) => ByUri.GetValueOrDefault(uri);

    public string Format(object native) => _format(native);

    public bool TryParse(string text, [NotNullWhen(true)] out Value? value)
    {
        if (_trim) text = text.Trim();
        try
        {
            value = new Value(this, _parse(text), text);
            return true;
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            value = null;
            return false;
        }
    }

    private static BigInteger ParseInteger(string text) =>
        // Reading a number costs the square of its length; nothing sensible is longer.
        text.Length <= 1000 ? BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : throw new OverflowException();
}
