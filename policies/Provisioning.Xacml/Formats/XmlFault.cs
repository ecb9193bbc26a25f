using System.Globalization;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Says what is wrong with XML in words that mean something to its author: the reader's own speak of its settings, and repeat the place.</summary>
internal static class XmlFault
{
    /// <summary>What is wrong, without the place.</summary>
    public static string Sentence(XmlException error)
    {
        var text = WithoutPlace(error);
        if (text.Contains("DTD", StringComparison.Ordinal)) return "a document type declaration (DTD) is not allowed";
        if (text.Contains("MaxCharactersInDocument", StringComparison.Ordinal)) return "the document is longer than the limit allows";
        if (text.StartsWith("Root element is missing", StringComparison.Ordinal)) return "the document has no element";
        return text.StartsWith("Data at the root level is invalid", StringComparison.Ordinal) ? "there is text, or no XML at all, outside of the outermost element" : Lower(text);
    }

    /// <summary>What is wrong, with line and position if they are known.</summary>
    public static string Say(XmlException error) => error.LineNumber == 0 ? Sentence(error)
        : string.Create(CultureInfo.InvariantCulture, $"line {error.LineNumber}{(error.LinePosition == 0 ? "" : $", position {error.LinePosition}")}: {Sentence(error)}");

    /// <summary>A message as the start of our own sentence: lower case, no full stop.</summary>
    public static string Lower(string message)
    {
        var text = message.TrimEnd('.', ' ');
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    private static string WithoutPlace(XmlException error)
    {
        var place = error.LineNumber == 0 ? -1 : error.Message.LastIndexOf(string.Create(CultureInfo.InvariantCulture, $" Line {error.LineNumber}, position "), StringComparison.Ordinal);
        return place < 0 ? error.Message : error.Message[..place];
    }
}
