using System.Xml;
using System.Xml.XPath;

namespace Provisioning.Xacml;

/// <summary>An XPath 1.0 expression that selects nodes, with its prefixes resolved. Safe for concurrent use.</summary>
internal sealed class CompiledXPath
{
    // Evaluation keeps its state in the expression, so that each one works on a clone.
    private readonly XPathExpression _expression;

    private CompiledXPath(XPathExpression expression) => _expression = expression;

    /// <summary>Compiles, or says what is wrong: bad syntax, an unknown prefix or function, an expression that does not select nodes.</summary>
    public static Result<CompiledXPath> Of(string text, IReadOnlyDictionary<string, string> namespaces)
    {
        try
        {
            var expression = XPathExpression.Compile(text);
            var manager = new XmlNamespaceManager(new NameTable());
            foreach (var (prefix, uri) in namespaces)
            {
                // XPath 1.0 knows no default namespace, and the two reserved prefixes are known anyway.
                if (prefix is not ("" or "xml" or "xmlns")) manager.AddNamespace(prefix, uri);
            }

            expression.SetContext(manager);
            return expression.ReturnType is XPathResultType.NodeSet or XPathResultType.Any
                ? new CompiledXPath(expression)
                : Failure.Syntax($"the XPath '{text}' does not select nodes but is a {expression.ReturnType}");
        }
        catch (Exception error) when (error is XPathException or ArgumentException or XmlException)
        {
            return Failure.Syntax($"'{text}' is not an XPath 1.0 expression that can be used here: {Say(error)}");
        }
    }

    /// <summary>Says what is wrong with the syntax; null if nothing is. Prefixes are not looked up.</summary>
    public static string? SyntaxFault(string text)
    {
        try
        {
            XPathExpression.Compile(text);
            return null;
        }
        catch (Exception error) when (error is XPathException or ArgumentException)
        {
            return $"'{text}' is not an XPath 1.0 expression: {Say(error)}";
        }
    }

    /// <summary>The nodes that the expression selects, as seen from a node.</summary>
    public Result<List<XPathNavigator>> Select(XPathNavigator from, XPathBudget budget)
    {
        try
        {
            var nodes = new List<XPathNavigator>();
            var found = new CountingNavigator(from, budget).Select(_expression.Clone());
            while (found.MoveNext()) nodes.Add(((CountingNavigator)found.Current!).Inner.Clone());
            return nodes;
        }
        catch (XPathBudgetException error)
        {
            return Failure.Limit($"the XPath '{_expression.Expression}' failed: {error.Message}");
        }
        catch (Exception error) when (error is XPathException or InvalidOperationException or ArgumentException)
        {
            return Failure.Processing($"the XPath '{_expression.Expression}' failed: {Say(error)}");
        }
    }

    // The platform speaks of its own classes where a name is unknown.
    private static string Say(Exception error) => error.Message.Contains("XsltContext", StringComparison.Ordinal)
        ? "it uses a function, a variable or a prefix that is unknown here" : XmlFault.Lower(error.Message);
}
