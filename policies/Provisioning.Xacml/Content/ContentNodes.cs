using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>Takes an XPath that selects several nodes apart into one for each node.</summary>
internal static class ContentNodes
{
    /// <summary>An XPath for each node that an XPath selects, in document order.</summary>
    /// <exception cref="XacmlSyntaxException">It is no XPath, it selects nothing, or more than is allowed.</exception>
    public static IEnumerable<XPathValue> Each(XPathValue xpath, XacmlContent content, XPathBudget budget, int most)
    {
        var compiled = xpath.Compiled;
        var selected = compiled.Failure is null ? compiled.Value.Select(content.Root, budget) : compiled.Failure;
        if (selected.Failure is { } failure) throw new XacmlSyntaxException(failure.Message);
        var count = selected.Value.Count;
        if (count == 0) throw new XacmlSyntaxException($"'{xpath}' selects nothing of the content");
        if (count > most) throw new XacmlSyntaxException($"the request asks for more than {most} decisions");
        // The shorter form reads better; it is the same unless the nodes have different parents.
        var plain = !xpath.Expression.Contains('|', StringComparison.Ordinal) && SelectsOnlyThe(count, xpath, content, budget);
        return Enumerable.Range(1, count).Select(position => Nth(xpath, position, plain));
    }

    private static bool SelectsOnlyThe(int last, XPathValue xpath, XacmlContent content, XPathBudget budget)
    {
        var compiled = Nth(xpath, last, plain: true).Compiled;
        return compiled.Failure is null && compiled.Value.Select(content.Root, budget) is { Failure: null, Value.Count: 1 };
    }

    private static XPathValue Nth(XPathValue xpath, int position, bool plain)
    {
        var expression = plain ? xpath.Expression : $"({xpath.Expression})";
        return new(string.Create(CultureInfo.InvariantCulture, $"{expression}[{position}]"), xpath.Category, xpath.Namespaces);
    }
}
