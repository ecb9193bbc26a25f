using System.Diagnostics.CodeAnalysis;
using System.Xml.XPath;

namespace Provisioning.Xacml;

/// <summary>The number of nodes that an XPath selects (A.3.15): none where there is no content.</summary>
internal sealed class XPathCount(Expression<XPathValue> argument) : Expression<Integer>(DataType.Integer)
{
    public override bool TryEvaluate(EvaluationContext context, out Integer value)
    {
        value = 0;
        if (!argument.TryEvaluate(context, out var xpath) || !XPathNodes.TrySelect(context, xpath, out var nodes)) return false;
        value = nodes.Count;
        return true;
    }

    public override Expression Fold(EvaluationContext context) => this;
}

/// <summary>Whether two XPaths select a node in common, or, if asked, the second one below one of the first (A.3.15).</summary>
internal sealed class XPathCompare(Expression<XPathValue> first, Expression<XPathValue> second, bool below) : Expression<bool>(DataType.Boolean)
{
    public override bool TryEvaluate(EvaluationContext context, out bool value)
    {
        value = false;
        if (!first.TryEvaluate(context, out var one) || !second.TryEvaluate(context, out var other)
            || !XPathNodes.TrySelect(context, one, out var nodes) || !XPathNodes.TrySelect(context, other, out var others))
            return false;
        // Nodes of different documents are never the same.
        if (one.Category != other.Category || nodes.Count == 0) return true;
        var known = new HashSet<XPathNavigator>(nodes, SameNode.Instance);
        foreach (var node in others)
        {
            if (!IsIn(known, node)) continue;
            value = true;
            break;
        }

        return true;
    }

    public override Expression Fold(EvaluationContext context) => this;

    private bool IsIn(HashSet<XPathNavigator> known, XPathNavigator node)
    {
        var at = node.Clone();
        do
        {
            if (known.Contains(at)) return true;
        }
        while (below && at.MoveToParent());
        return false;
    }
}

/// <summary>What the XPath functions have in common.</summary>
internal static class XPathNodes
{
    public static bool TrySelect(EvaluationContext context, XPathValue xpath, [NotNullWhen(true)] out List<XPathNavigator>? nodes)
    {
        nodes = [];
        if (!context.Take(xpath.Compiled, out var compiled)) return false;
        return context.Request.Content(xpath.Category) is not { } content || context.Take(compiled.Select(content.Root, context.XPathBudget), out nodes);
    }
}
