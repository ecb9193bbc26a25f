using System.Xml;
using System.Xml.Linq;

namespace Provisioning.Connectors.Spml;

/// <summary>Reads XML that somebody else wrote: no DTDs, nothing fetched, bounded size and depth.</summary>
internal static class SecureXml
{
    private const int MaximumCharacters = 16 * 1024 * 1024;
    private const int MaximumDepth = 64;

    /// <summary>The root element, or null when the text is no XML that may be read.</summary>
    public static XElement? Read(string text)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaximumCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            // Depth first, in one pass without a tree: building the tree recurses nowhere, but those who walk it might.
            using (var probe = XmlReader.Create(new StringReader(text), settings))
            {
                while (probe.Read())
                {
                    if (probe.Depth > MaximumDepth)
                        return null;
                }
            }

            using var reader = XmlReader.Create(new StringReader(text), settings);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
