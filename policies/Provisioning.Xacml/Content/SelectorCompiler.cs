namespace Provisioning.Xacml;

/// <summary>Compiles what looks into content. Answers null where a problem was reported.</summary>
internal sealed class SelectorCompiler(PolicyScope scope)
{
    private static readonly Dictionary<string, string> NoPrefixes = [];

    public Expression? Compile(Element element)
    {
        var category = PolicyScope.Required(element, "Category");
        if (element.Attribute("Path") is not { } path) return null;
        var needed = PolicyScope.Flag(element, "MustBePresent");
        var type = scope.Type(element);
        var start = element.Attribute("ContextSelectorId") is { } id
            ? DataType.XPathExpression.Designator(scope.Program.Slot(category, id, DataType.XPathExpression, null), mustBePresent: false) : null;
        var xpath = CompiledXPath.Of(path, element.Prefixes ?? NoPrefixes);
        if (xpath.Failure is { } fault) scope.Problem(element, fault.Message);
        return xpath.Failure is null && type is not null
            ? type.Selector(new SelectorPath(category, path, xpath.Value), (Expression<Bag<XPathValue>>?)start, needed) : null;
    }

    /// <summary>A value of the data type xpathExpression. Its prefixes may be unknown here, since it may be meant for somebody else.</summary>
    public Expression? Literal(Element element)
    {
        if (element.Attribute("XPathCategory") is not { } category)
        {
            scope.Problem(element, "AttributeValue lacks XPathCategory");
            return null;
        }

        var value = new XPathValue(element.Text, category, element.Prefixes);
        if (CompiledXPath.SyntaxFault(value.Expression) is not { } fault) return new Constant<XPathValue>(DataType.XPathExpression, value);
        scope.Problem(element, fault);
        return null;
    }
}
