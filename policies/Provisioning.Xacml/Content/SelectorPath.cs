using System.Diagnostics.CodeAnalysis;
using System.Xml.XPath;

namespace Provisioning.Xacml;

/// <summary>Where an attribute selector looks: an XPath over the content of a category.</summary>
internal sealed class SelectorPath(string category, string text, CompiledXPath xpath)
{
    public string Category => category;

    public string Path => text;

    public Failure SelectsNothing { get; } = new(StatusCodes.MissingAttribute, $"the content of {category} holds nothing at '{text}'");

    /// <summary>The nodes at the path; none if there is no content.</summary>
    /// <param name="context">The evaluation.</param>
    /// <param name="start">Selects the node to start from; null for the document itself.</param>
    /// <param name="nodes">The nodes.</param>
    public bool TrySelect(EvaluationContext context, XPathValue? start, [NotNullWhen(true)] out List<XPathNavigator>? nodes)
    {
        nodes = [];
        if (context.Request.Content(category) is not { } content) return true;
        var from = content.Root;
        if (start is not null)
        {
            if (start.Category != category)
                return context.Fail(Failure.Syntax($"the node to start from is one of {start.Category}, not of {category}"));
            if (!context.Take(start.Compiled, out var first) || !context.Take(first.Select(from, context.XPathBudget), out var starts)) return false;
            if (starts.Count != 1) return context.Fail(Failure.Syntax($"'{start}' selects {starts.Count} nodes, it must select one"));
            from = starts[0];
        }

        return context.Take(xpath.Select(from, context.XPathBudget), out nodes);
    }

    public override string ToString() => $"'{text}'";
}
