using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Provisioning.Xacml;

/// <summary>The data types the engine knows, by identifier.</summary>
internal static partial class TypeTable
{
    // Longer numbers are an attack, not a quantity: parsing is quadratic.
    private const int MaxIntegerDigits = 4000;

    public static readonly DataType String = new(DataTypes.String, "string", t => t) { KeepsWhiteSpace = true };
    public static readonly DataType Boolean = new(DataTypes.Boolean, "boolean", ParseBoolean, v => (bool)v ? "true" : "false");
    public static readonly DataType Integer = new(DataTypes.Integer, "integer", ParseInteger, v => ((BigInteger)v).ToString(CultureInfo.InvariantCulture));
    public static readonly DataType Double = new(DataTypes.Double, "double", ParseDouble, FormatDouble) { Equality = (a, b, _) => (double)a == (double)b };
    public static readonly DataType Date = new(DataTypes.Date, "date", MomentText.ParseDate, MomentText.FormatDate) { Equality = SameMoment };
    public static readonly DataType Time = new(DataTypes.Time, "time", MomentText.ParseTime, MomentText.FormatTime) { Equality = SameMoment };
    public static readonly DataType DateTime = new(DataTypes.DateTime, "dateTime", MomentText.ParseDateTime, MomentText.FormatDateTime) { Equality = SameMoment };
    public static readonly DataType DayTimeDuration = new(DataTypes.DayTimeDuration, "dayTimeDuration", DurationText.ParseDayTime, DurationText.FormatDayTime);
    public static readonly DataType YearMonthDuration = new(DataTypes.YearMonthDuration, "yearMonthDuration", DurationText.ParseYearMonth, DurationText.FormatYearMonth);
    public static readonly DataType AnyUri = new(DataTypes.AnyUri, "anyURI", t => Uri.TryCreate(t, UriKind.RelativeOrAbsolute, out _) ? t : null);
    public static readonly DataType HexBinary = new(DataTypes.HexBinary, "hexBinary", ParseHex);
    public static readonly DataType Base64Binary = new(DataTypes.Base64Binary, "base64Binary", ParseBase64);
    public static readonly DataType Rfc822 = new(DataTypes.Rfc822Name, "rfc822Name", Rfc822Name.Parse);
    public static readonly DataType X500 = new(DataTypes.X500Name, "x500Name", X500Name.Parse);
    public static readonly DataType IpAddress = new(DataTypes.IpAddress, "ipAddress", t => IpPattern().IsMatch(t) ? t.ToLowerInvariant() : null);
    public static readonly DataType DnsName = new(DataTypes.DnsName, "dnsName", t => DnsPattern().IsMatch(t) ? t.ToLowerInvariant() : null);
    public static readonly DataType XPath = new(DataTypes.XPathExpression, "xpathExpression", t => t);

    public static readonly DataType[] Comparable =
        [String, Boolean, Integer, Double, Time, Date, DateTime, AnyUri, HexBinary, Base64Binary, X500, Rfc822, DayTimeDuration, YearMonthDuration];

    private const string Drafts = "http://www.w3.org/TR/2002/WD-xquery-operators-20020816#";

    private static readonly FrozenDictionary<string, DataType> ByUri = Comparable
        .Concat([IpAddress, DnsName, XPath])
        .Select(t => KeyValuePair.Create(t.Uri, t))
        .Concat([KeyValuePair.Create(Drafts + "dayTimeDuration", DayTimeDuration), KeyValuePair.Create(Drafts + "yearMonthDuration", YearMonthDuration)])
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static DataType? Find(string uri) => ByUri.GetValueOrDefault(uri);

    private static bool SameMoment(object a, object b, EvaluationContext context) =>
        ((Moment)a).UtcTicks(context) == ((Moment)b).UtcTicks(context);

    private static object? ParseBoolean(string text) => text switch
    {
        "true" or "1" => Boxes.True,
        "false" or "0" => Boxes.False,
        _ => null,
    };

    private static object? ParseInteger(string text) =>
        text.Length <= MaxIntegerDigits && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static object? ParseDouble(string text) => text switch
    {
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => NumberPattern().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };

    private static string FormatDouble(object value) => (double)value switch
    {
        double.PositiveInfinity => "INF",
        double.NegativeInfinity => "-INF",
        var number when double.IsNaN(number) => "NaN",
        var number when number == Math.Truncate(number) && Math.Abs(number) < 1e15 => number.ToString("0.0", CultureInfo.InvariantCulture),
        var number => number.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string? ParseHex(string text)
    {
        try
        {
            return Convert.ToHexString(Convert.FromHexString(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? ParseBase64(string text)
    {
        try
        {
            return Convert.ToBase64String(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\z")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|\[[0-9a-fA-F:.]+\])(?:/(?:[0-9.]+|\[[0-9a-fA-F:.]+\]))?(?::[0-9-]+)?\z")]
    private static partial Regex IpPattern();

    [GeneratedRegex(@"^(?:\*\.?)?[A-Za-z0-9.-]*(?::[0-9-]+)?\z")]
    private static partial Regex DnsPattern();
}
