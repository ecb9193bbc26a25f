namespace Provisioning.Xacml;

/// <summary>Compiles targets.</summary>
internal sealed class TargetCompiler(PolicyScope scope, ExpressionCompiler expressions)
{
    public Target Compile(Element target)
    {
        if (target.Children.Count == 0) return Target.Empty;
        return scope.Shared.Target([.. PolicyScope.Parts(target, "AnyOf").Select(anyOf => PolicyScope.Parts(anyOf, "AllOf")
            .Select(allOf => PolicyScope.Parts(allOf, "Match").Select(Match).OfType<Match>().ToArray()).ToArray())]);
    }

    private Match? Match(Element element)
    {
        var function = expressions.Function(element, "MatchId");
        if (element.Children is not [{ Name: "AttributeValue" } first, { Name: "AttributeDesignator" or "AttributeSelector" } second]) return null;
        var literal = expressions.Literal(first);
        var attribute = expressions.Compile(second);
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
