namespace Provisioning.Xacml;

/// <summary>Identifiers of the data types (XACML 3.0, 10.2.7).</summary>
public static class DataTypes
{
    private const string Xs = "http://www.w3.org/2001/XMLSchema#";

    /// <summary>xs:string.</summary>
    public const string String = Xs + "string";

    /// <summary>xs:boolean.</summary>
    public const string Boolean = Xs + "boolean";

    /// <summary>xs:integer, unbounded.</summary>
    public const string Integer = Xs + "integer";

    /// <summary>xs:double.</summary>
    public const string Double = Xs + "double";

    /// <summary>xs:date.</summary>
    public const string Date = Xs + "date";

    /// <summary>xs:time.</summary>
    public const string Time = Xs + "time";

    /// <summary>xs:dateTime.</summary>
    public const string DateTime = Xs + "dateTime";

    /// <summary>xs:dayTimeDuration.</summary>
    public const string DayTimeDuration = Xs + "dayTimeDuration";

    /// <summary>xs:yearMonthDuration.</summary>
    public const string YearMonthDuration = Xs + "yearMonthDuration";

    /// <summary>xs:anyURI.</summary>
    public const string AnyUri = Xs + "anyURI";

    /// <summary>xs:hexBinary.</summary>
    public const string HexBinary = Xs + "hexBinary";

    /// <summary>xs:base64Binary.</summary>
    public const string Base64Binary = Xs + "base64Binary";

    /// <summary>A mail address.</summary>
    public const string Rfc822Name = "urn:oasis:names:tc:xacml:1.0:data-type:rfc822Name";

    /// <summary>A distinguished name.</summary>
    public const string X500Name = "urn:oasis:names:tc:xacml:1.0:data-type:x500Name";

    /// <summary>An IP address with optional mask and ports.</summary>
    public const string IpAddress = "urn:oasis:names:tc:xacml:2.0:data-type:ipAddress";

    /// <summary>A DNS name with optional ports.</summary>
    public const string DnsName = "urn:oasis:names:tc:xacml:2.0:data-type:dnsName";

    /// <summary>An XPath expression. Read in requests, refused in policies.</summary>
    public const string XPathExpression = "urn:oasis:names:tc:xacml:3.0:data-type:xpathExpression";
}
