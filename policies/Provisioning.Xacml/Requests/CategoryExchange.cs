using System.Security;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Makes a request out of another one by exchanging the content of a category.</summary>
internal static class CategoryExchange
{
    private const string Xacml = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17";

    /// <summary>The request that is being decided, with other content in a category.</summary>
    /// <param name="context">The evaluation.</param>
    /// <param name="category">The category.</param>
    /// <param name="content">What stands in its Attributes element: Attribute elements, perhaps behind Content. An element of another name is
    /// taken for the child of Content.</param>
    public static Result<XacmlRequest> In(EvaluationContext context, string category, string content)
    {
        try
        {
            var decider = context.Program.DecisionPoint!;
            var other = XacmlXml.ReadRequest(Wrapped(category, content, decider.Limits), decider);
            return context.Request.With(category, other.Single(), context.XPathBudget);
        }
        catch (Exception error) when (error is XmlException or XacmlSyntaxException)
        {
            var why = error is XmlException xml ? XmlFault.Say(xml) : error.Message;
            return Failure.Syntax($"what access-permitted is to put into category '{category}' is not its content: {why}");
        }
    }

    private static string Wrapped(string category, string content, RequestLimits limits)
    {
        var isDocument = IsDocument(content, limits);
        var (start, end) = isDocument ? ("<x:Content>", "</x:Content>") : ("", "");
        // Elements of XACML need not say so here; those of a document of its own are in no namespace unless they say so.
        return $"<x:Request xmlns:x='{Xacml}'{(isDocument ? "" : $" xmlns='{Xacml}'")} ReturnPolicyIdList='false' CombinedDecision='false'>"
            + $"<x:Attributes Category='{SecurityElement.Escape(category)}'>{start}{content}{end}</x:Attributes></x:Request>";
    }

    /// <summary>Whether the text is an element that does not belong to Attributes. Throws if it is not well-formed by itself, so that no text
    /// can end the element that it is put in.</summary>
    private static bool IsDocument(string content, RequestLimits limits)
    {
        var names = new XmlNamespaceManager(new NameTable());
        names.AddNamespace("", Xacml);
        using var reader = XmlReader.Create(
            new StringReader(content),
            new XmlReaderSettings
            {
                ConformanceLevel = ConformanceLevel.Fragment,
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = limits.Length,
            },
            new XmlParserContext(null, names, null, XmlSpace.None));
        var (elements, foreign) = (0, 0);
        while (reader.Read())
        {
            if (reader.Depth > 0 || reader.NodeType != XmlNodeType.Element) continue;
            elements++;
            if (reader.LocalName is not ("Attribute" or "Content")) foreign++;
        }

        return elements == 1 && foreign == 1;
    }
}
