using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Reads XML that may be hostile: no DTD, nothing external, bounded size and depth.</summary>
internal static class SafeXml
{
    public static XmlReader Open(TextReader text, int maxCharacters) => XmlReader.Create(text, Settings(maxCharacters));

    public static XmlReader Open(Stream text, int maxCharacters) => XmlReader.Create(text, Settings(maxCharacters));

    private static XmlReaderSettings Settings(int maxCharacters) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = maxCharacters,
    };
}
