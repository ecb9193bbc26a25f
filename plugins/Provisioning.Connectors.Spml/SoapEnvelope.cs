using System.Xml;
using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml;

/// <summary>SOAP 1.1: the request is the one child of the body.</summary>
internal static class SoapEnvelope
{
    private const string PasswordText =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";

    /// <summary>The text of the envelope.</summary>
    /// <exception cref="ConnectorException">When XML has no way to write a value: not even escaped does it have most control characters.</exception>
    public static string Write(XElement request, UsernameTokenSettings? token)
    {
        if (token is not null && !(IsXml(token.UserName) && IsXml(token.Password.Reveal())))
            throw new ConnectorException(FailureKind.Misconfigured, "'usernameToken' has a character that XML does not have");
        var envelope = new XElement(
            Soap + "Envelope",
            new XAttribute(XNamespace.Xmlns + "soap", Soap.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "spml", Core.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "dsml", Dsml.NamespaceName),
            token is null ? null : new XElement(Soap + "Header", Security(token)),
            new XElement(Soap + "Body", request));
        try
        {
            return "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + envelope.ToString(SaveOptions.DisableFormatting);
        }
        catch (ArgumentException)
        {
            // The value may be a password, and the exception quotes of it.
            throw new ConnectorException(FailureKind.Rejected, "a value has a character that XML does not have");
        }
    }

    /// <summary>What the body holds, or null when the text is no envelope. Some targets leave the envelope out.</summary>
    public static XElement? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || SecureXml.Read(text) is not { } root)
            return null;
        return root.Name == Soap + "Envelope" ? root.Element(Soap + "Body")?.Elements().FirstOrDefault() : root;
    }

    private static bool IsXml(string text)
    {
        try
        {
            XmlConvert.VerifyXmlChars(text);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static XElement Security(UsernameTokenSettings token) => new(
        SpmlNames.Security + "Security",
        new XAttribute(XNamespace.Xmlns + "wsse", SpmlNames.Security.NamespaceName),
        new XAttribute(Soap + "mustUnderstand", "1"),
        new XElement(
            SpmlNames.Security + "UsernameToken",
            new XElement(SpmlNames.Security + "Username", token.UserName),
            new XElement(SpmlNames.Security + "Password", new XAttribute("Type", PasswordText), token.Password.Reveal())));
}
