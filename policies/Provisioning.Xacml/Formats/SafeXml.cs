using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Reads XML that may be hostile: no DTD, nothing external, bounded size and depth.</summary>
internal static class SafeXml
{
    public static XmlReader Open(TextReader text, int maxCharacters) => XmlReader.Create(text, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = maxCharacters,
    });
}
