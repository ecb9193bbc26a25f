namespace Provisioning.Xacml;

/// <summary>Compiles targets.</summary>
internal sealed class TargetCompiler(PolicyScope scope, ExpressionCompiler expressions)
{
    public Target Compile(Element target)
    {
        if (target.Children.Count == 0) return Target.Empty;
        return scope.Shared.Target([.. scope.Parts(target, "AnyOf").Select(anyOf => NotEmpty(anyOf, "AllOf")
            .Select(allOf => NotEmpty(allOf, "Match").Select(Match).OfType<Match>().ToArray()).ToArray())]);
    }

    private List<Element> NotEmpty(Element element, string name)
    {
        if (element.Children.Count == 0) scope.Problem(element, $"{element.Name} has no {name}");
        return scope.Parts(element, name);
    }

    private Match? Match(Element element)
    {
        var function = expressions.Function(element, "MatchId");
        if (element.Children is not [{ Name: "AttributeValue" } first, var second])
        {
            scope.Problem(element, "Match must hold an AttributeValue and an AttributeDesignator");
            return null;
        }

        var literal = expressions.Literal(first);
        var isAttribute = second.Name is "AttributeDesignator" or "AttributeSelector";
        var attribute = isAttribute ? expressions.Compile(second) : null;
        if (!isAttribute) scope.Problem(second, $"{second.Name} is not supported in Match");
        if (function is null || literal is null || attribute is null) return null;
        if (scope.Shared.Match(function, literal, attribute) is { } known) return known;
        if (function.Returns != DataType.Boolean)
        {
            scope.Problem(element, $"function '{function.Id}' does not answer a boolean");
            return null;
        }

        var test = expressions.Call(element, function, [literal, ClockCalls.Item(attribute, 0)]);
        if (test is null) return null;
        // The clock is never looked up in an index: each comparison with it notes when it comes out differently.
        return function.IsEquality && attribute.Moving is null
            ? scope.Shared.Add(function, literal, attribute, attribute.Type.Element.EqualityMatch(literal, attribute))
            : new FunctionMatch((Expression<bool>)test, attribute);
    }
}
