using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <content>The data types of the standard (XACML 3.0 core, appendix B.3).</content>
public abstract partial class DataType
{
    /// <summary>Text.</summary>
    public static readonly DataType<string> String = new(
        DataTypes.String, "string", XmlLexical.TryText, text => text)
    { KeepsSpace = true };

    /// <summary>true or false.</summary>
    public static readonly DataType<bool> Boolean = new(DataTypes.Boolean, "boolean", XmlLexical.TryBoolean, value => value ? "true" : "false");

    /// <summary>A whole number of any size.</summary>
    public static readonly DataType<Integer> Integer = new(DataTypes.Integer, "integer", Xacml.Integer.TryParse, value => value.ToString());

    /// <summary>A floating point number.</summary>
    public static readonly DataType<double> Double = new(DataTypes.Double, "double", XmlLexical.TryDouble, XmlLexical.Format);

    /// <summary>A day, with an optional time zone.</summary>
    public static readonly DataType<Temporal> Date = new(DataTypes.Date, "date", TemporalText.TryDate, TemporalText.FormatDate);

    /// <summary>A time of day, with an optional time zone.</summary>
    public static readonly DataType<Temporal> Time = new(DataTypes.Time, "time", TemporalText.TryTime, TemporalText.FormatTime);

    /// <summary>A point in time, with an optional time zone.</summary>
    public static readonly DataType<Temporal> DateTime = new(
        DataTypes.DateTime, "dateTime", TemporalText.TryDateTime, TemporalText.FormatDateTime);

    /// <summary>A URI.</summary>
    public static readonly DataType<string> AnyUri = new(DataTypes.AnyUri, "anyURI", XmlLexical.TryUri, text => text);

    /// <summary>Bytes; the value is their upper-case hexadecimal digits.</summary>
    public static readonly DataType<string> HexBinary = new(DataTypes.HexBinary, "hexBinary", XmlLexical.TryHex, text => text);

    /// <summary>Bytes; the value is their base64 without white space.</summary>
    public static readonly DataType<string> Base64Binary = new(DataTypes.Base64Binary, "base64Binary", XmlLexical.TryBase64, text => text);

    /// <summary>A duration of days, hours, minutes and seconds.</summary>
    public static readonly DataType<DayTimeDuration> DayTimeDuration = new(
        DataTypes.DayTimeDuration, "dayTimeDuration", Xacml.DayTimeDuration.TryParse, value => value.ToString());

    /// <summary>A duration of years and months.</summary>
    public static readonly DataType<YearMonthDuration> YearMonthDuration = new(
        DataTypes.YearMonthDuration, "yearMonthDuration", Xacml.YearMonthDuration.TryParse, value => value.ToString());

    /// <summary>A mail address.</summary>
    public static readonly DataType<Rfc822Name> Rfc822Name = new(
        DataTypes.Rfc822Name, "rfc822Name", Xacml.Rfc822Name.TryParse, value => value.ToString());

    /// <summary>A distinguished name.</summary>
    public static readonly DataType<X500Name> X500Name = new(DataTypes.X500Name, "x500Name", Xacml.X500Name.TryParse, value => value.ToString());

    /// <summary>An IP address, optionally with mask and ports.</summary>
    public static readonly DataType<IpAddress> IpAddress = new(
        DataTypes.IpAddress, "ipAddress", Xacml.IpAddress.TryParse, value => value.ToString());

    /// <summary>A DNS name, optionally with ports.</summary>
    public static readonly DataType<DnsName> DnsName = new(DataTypes.DnsName, "dnsName", Xacml.DnsName.TryParse, value => value.ToString());

    /// <summary>An XPath expression over the content of a category. Its text alone is not a value: category and namespaces belong to it.</summary>
    public static readonly DataType<XPathValue> XPathExpression = new(
        DataTypes.XPathExpression, "xpathExpression", NoXPath, value => value.Expression);

    /// <summary>The data types of the standard.</summary>
    public static IReadOnlyList<DataType> All { get; } =
    [
        String, Boolean, Integer, Double, Date, Time, DateTime, AnyUri, HexBinary, Base64Binary,
        DayTimeDuration, YearMonthDuration, Rfc822Name, X500Name, IpAddress, DnsName, XPathExpression,
    ];

    private static readonly FrozenDictionary<string, DataType> ByUri = All
        .Select(type => KeyValuePair.Create(type.Uri, type))
        // The identifiers of XACML 2.0 and of the draft before it; policies in the field still use them.
        .Append(new("http://www.w3.org/TR/2002/WD-xquery-operators-20020816#dayTimeDuration", DayTimeDuration))
        .Append(new("http://www.w3.org/TR/2002/WD-xquery-operators-20020816#yearMonthDuration", YearMonthDuration))
        .Append(new("urn:oasis:names:tc:xacml:2.0:data-type:dayTimeDuration", DayTimeDuration))
        .Append(new("urn:oasis:names:tc:xacml:2.0:data-type:yearMonthDuration", YearMonthDuration))
        .ToFrozenDictionary();

    private static bool NoXPath(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out XPathValue value)
    {
        value = null;
        return false;
    }

    /// <summary>The data types of the standard by their identifiers, the older ones too.</summary>
    internal static IEnumerable<KeyValuePair<string, DataType>> Identifiers => ByUri;

    /// <summary>Finds a data type of the standard, also by its older identifiers.</summary>
    /// <param name="uri">The identifier.</param>
    /// <returns>The type, or null.</returns>
    public static DataType? Find(string uri) => ByUri.GetValueOrDefault(uri);
}
