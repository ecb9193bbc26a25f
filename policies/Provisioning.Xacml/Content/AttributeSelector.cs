using System.Diagnostics.CodeAnalysis;
using System.Xml.XPath;

namespace Provisioning.Xacml;

/// <summary>Reads values out of a category's content (core 7.3.7).</summary>
internal sealed class AttributeSelector<T>(DataType<T> type, SelectorPath path, Expression<Bag<XPathValue>>? start, bool mustBePresent)
    : Expression<Bag<T>>(type.Bag)
    where T : notnull
{
    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out Bag<T> value)
    {
        value = null;
        List<XPathNavigator>? nodes;
        if (start is null) return path.TrySelect(context, null, out nodes) && TryConvert(context, nodes, out value);
        if (!start.TryEvaluate(context, out var starts)) return false;
        // Nothing to start from selects nothing; more than one start is an error.
        if (starts.Count == 0) return TryConvert(context, [], out value);
        if (starts.Count > 1) return context.Fail(Failure.Syntax($"{path} has {starts.Count} nodes to start from, it needs one"));
        return path.TrySelect(context, starts.Values[0], out nodes) && TryConvert(context, nodes, out value);
    }

    private bool TryConvert(EvaluationContext context, List<XPathNavigator> nodes, [MaybeNullWhen(false)] out Bag<T> value)
    {
        value = null;
        if (nodes.Count == 0)
        {
            value = type.EmptyBag;
            context.Trace?.Select(path.Category, path.Path, value, mustBePresent);
            return !mustBePresent || context.Fail(path.SelectsNothing);
        }

        var values = new Bag<T>(type, []);
        foreach (var node in nodes)
        {
            if (!type.TryParse(node.Value, out var one))
                return context.Fail(Failure.Processing($"{path} selects what is no value: {LexicalLimits.Fault(type, node.Value)}"));
            values.Append(one);
        }

        context.Trace?.Select(path.Category, path.Path, values, mustBePresent);
        value = values;
        return true;
    }
}
