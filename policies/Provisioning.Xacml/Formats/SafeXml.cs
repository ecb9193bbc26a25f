using System.Xml;
using System.Xml.Linq;

namespace Provisioning.Xacml;

/// <summary>Reads XML that may be hostile: no DTD, nothing external, bounded size and depth.</summary>
internal static class SafeXml
{
    private const int MaxDepth = 100;
    private const long MaxCharacters = 10_000_000;

    public static XDocument Read(string text)
    {
        // First only the depth: a document tree of hostile depth must not come into being.
        using (var scan = Open(text))
        {
            while (scan.Read())
            {
                if (scan.Depth > MaxDepth)
                {
                    var line = ((IXmlLineInfo)scan).LineNumber;
                    throw new XmlException($"elements are nested deeper than {MaxDepth}", null, line, 0);
                }
            }
        }

        using var reader = Open(text);
        return XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
    }

    private static XmlReader Open(string text) => XmlReader.Create(
        new StringReader(text),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
}
