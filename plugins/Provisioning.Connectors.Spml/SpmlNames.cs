using System.Xml.Linq;

namespace Provisioning.Connectors.Spml;

/// <summary>The namespaces of SPML 2.0. An element belongs to the namespace of the schema that declares it.</summary>
internal static class SpmlNames
{
    public const string DsmlProfileId = "urn:oasis:names:tc:SPML:2:0:DSML";
    public const string XsdProfileId = "urn:oasis:names:tc:SPML:2.0:profiles:XSD";

    /// <summary>The query language of the paths in the XSD profile.</summary>
    public const string XPath = "http://www.w3.org/TR/xpath20";

    public static readonly XNamespace Core = "urn:oasis:names:tc:SPML:2:0";
    public static readonly XNamespace Search = "urn:oasis:names:tc:SPML:2:0:search";
    public static readonly XNamespace Suspend = "urn:oasis:names:tc:SPML:2:0:suspend";
    public static readonly XNamespace Password = "urn:oasis:names:tc:SPML:2:0:password";
    public static readonly XNamespace Batch = "urn:oasis:names:tc:SPML:2:0:batch";
    public static readonly XNamespace Async = "urn:oasis:names:tc:SPML:2:0:async";
    public static readonly XNamespace Reference = "urn:oasis:names:tc:SPML:2:0:reference";
    public static readonly XNamespace DsmlSchema = DsmlProfileId;
    public static readonly XNamespace Dsml = "urn:oasis:names:tc:DSML:2:0:core";
    public static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    public static readonly XNamespace Security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
}
