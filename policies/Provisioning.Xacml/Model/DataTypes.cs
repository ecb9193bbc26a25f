namespace Provisioning.Xacml;

/// <summary>The identifiers of the supported data types.</summary>
public static class DataTypes
{
    private const string Xs = "http://www.w3.org/2001/XMLSchema#";

    /// <summary>Text.</summary>
    public const string String = Xs + "string";

    /// <summary>true or false.</summary>
    public const string Boolean = Xs + "boolean";

    /// <summary>A whole number of any size.</summary>
    public const string Integer = Xs + "integer";

    /// <summary>A floating point number.</summary>
    public const string Double = Xs + "double";

    /// <summary>A day, with an optional time zone.</summary>
    public const string Date = Xs + "date";

    /// <summary>A time of day, with an optional time zone.</summary>
    public const string Time = Xs + "time";

    /// <summary>A point in time, with an optional time zone.</summary>
    public const string DateTime = Xs + "dateTime";

    /// <summary>A URI.</summary>
    public const string AnyUri = Xs + "anyURI";

    /// <summary>Bytes as hexadecimal digits.</summary>
    public const string HexBinary = Xs + "hexBinary";

    /// <summary>Bytes as base64.</summary>
    public const string Base64Binary = Xs + "base64Binary";

    /// <summary>A duration of days, hours, minutes and seconds.</summary>
    public const string DayTimeDuration = Xs + "dayTimeDuration";

    /// <summary>A duration of years and months.</summary>
    public const string YearMonthDuration = Xs + "yearMonthDuration";

    /// <summary>A mail address.</summary>
    public const string Rfc822Name = "urn:oasis:names:tc:xacml:1.0:data-type:rfc822Name";

    /// <summary>A distinguished name.</summary>
    public const string X500Name = "urn:oasis:names:tc:xacml:1.0:data-type:x500Name";

    /// <summary>An IP address, optionally with mask and ports.</summary>
    public const string IpAddress = "urn:oasis:names:tc:xacml:2.0:data-type:ipAddress";

    /// <summary>A DNS name, optionally with ports.</summary>
    public const string DnsName = "urn:oasis:names:tc:xacml:2.0:data-type:dnsName";

    /// <summary>An XPath expression over the content of a category.</summary>
    public const string XPathExpression = "urn:oasis:names:tc:xacml:3.0:data-type:xpathExpression";
}
