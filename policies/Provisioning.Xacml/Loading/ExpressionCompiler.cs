namespace Provisioning.Xacml;

/// <summary>Compiles the expressions of one policy. Answers null where a problem was reported.</summary>
internal sealed class ExpressionCompiler
{
    // Nested variables can make expressions far deeper than the document; evaluation must not run out of stack.
    private const int MaxHeight = 200;
    private readonly PolicyScope _scope;
    private readonly PolicyVariables _variables;
    private readonly SelectorCompiler _selectors;

    // The height of the expression compiled last.
    private int _height;

    // How deep in expressions and variables the compiler is.
    private int _depth;

    public ExpressionCompiler(PolicyScope scope, IEnumerable<Element> variables)
    {
        _scope = scope;
        _selectors = new(scope);
        _variables = new(scope, variables);
        _variables.CompileAll(this);
    }

    public Expression? Compile(Element element)
    {
        if (!element.IsXacml) return null;
        if (_depth == MaxHeight)
        {
            _scope.Problem(element, $"expressions are nested deeper than {MaxHeight}");
            return null;
        }

        _depth++;
        var expression = CompileOne(element);
        _depth--;
        return expression;
    }

    private Expression? CompileOne(Element element)
    {
        _height = 0;
        switch (element.Name)
        {
            case "AttributeValue": return Literal(element);
            case "AttributeDesignator": return Designator(element);
            case "AttributeSelector": return _selectors.Compile(element);
            case "VariableReference": return _variables.Reference(this, PolicyScope.Required(element, "VariableId"), element, out _height);
            case "Apply": return Apply(element);
            case "Function":
                _scope.Problem(element, "Function is only allowed as the first argument of a higher-order function");
                return null;
            default: return null;
        }
    }

    /// <summary>The expression that an element holds; null also if there is not one, which the schema does not allow.</summary>
    public Expression? CompileOnly(Element parent) => parent.Children is [var only] ? Compile(only) : null;

    public Expression? CompileOnly(Element parent, out int height)
    {
        var expression = CompileOnly(parent);
        height = _height;
        return expression;
    }

    public Expression? Literal(Element element)
    {
        if (_scope.Type(element) is not { } type) return null;
        if (element.Children.Count > 0) _scope.Problem(element, $"a {type.Name} value holds no elements");
        else if (type == DataType.XPathExpression) return _selectors.Literal(element);
        else if (_scope.Shared.Literal(type, element.Text) is { } constant) return constant;
        else _scope.Problem(element, LexicalLimits.Fault(type, element.Text));
        return null;
    }

    public Expression? Designator(Element element)
    {
        var category = PolicyScope.Required(element, "Category");
        var id = PolicyScope.Required(element, "AttributeId");
        var needed = PolicyScope.Flag(element, "MustBePresent");
        if (_scope.Type(element) is not { } type) return null;
        var slot = _scope.Program.Slot(category, id, type, element.Attribute("Issuer"));
        slot.FirstUse ??= _scope.Place(element);
        return _scope.Shared.Designator(slot, needed);
    }

    public Function? Function(Element element, string attribute)
    {
        if (element.Attribute(attribute) is not { } id) return null;
        var function = _scope.Program.FindFunction(id);
        if (function is null) _scope.Problem(element, $"function '{id}' is not supported{KnownIdentifiers.Hint(id, _scope.Program.FunctionIds)}");
        return function;
    }

    /// <summary>A call of a function with arguments that fit it; what is constant is computed here and now.</summary>
    public Expression? Call(Element where, Function function, Expression[] arguments)
    {
        if (function.Check(Array.ConvertAll(arguments, argument => argument.Type)) is { } fault)
        {
            _scope.Problem(where, $"function '{function.Id}' {fault}");
            return null;
        }

        NotePattern(where, function, arguments);
        return Folded(where, arguments, () => _scope.Shared.Call(function, arguments));
    }

    private Expression? Apply(Element element)
    {
        var id = PolicyScope.Required(element, "FunctionId");
        var children = element.Children.Where(child => child.IsXacml && child.Name != "Description").ToList();
        if (FunctionTable.Standard.FindHigherOrder(id) is { } higherOrder) return HigherOrder(element, higherOrder, children);
        var function = Function(element, "FunctionId");
        var arguments = Arguments(element, children);
        ComparisonReader.Note(_scope, element, id, children);
        return function is null || arguments is null ? null : Call(element, function, arguments);
    }

    private Expression? HigherOrder(Element element, HigherOrderFunction higherOrder, List<Element> children)
    {
        var arguments = Arguments(element, children.Skip(1));
        if (children.FirstOrDefault() is not { Name: "Function" } first)
        {
            _scope.Problem(element, $"function '{higherOrder.Id}' takes a Function as its first argument");
            return null;
        }

        var function = Function(first, "FunctionId");
        if (function is null || arguments is null) return null;
        ComparisonReader.Note(_scope, element, function.Id, children.Skip(1));
        if (higherOrder.Check(function, arguments) is { } fault)
        {
            _scope.Problem(element, $"function '{higherOrder.Id}' {fault}");
            return null;
        }

        NotePattern(element, function, arguments);
        return Folded(element, arguments, () => higherOrder.Apply(function, arguments));
    }

    private void NotePattern(Element where, Function function, Expression[] arguments)
    {
        if (arguments is [Constant<string> pattern, ..] && function.Id.EndsWith("-regexp-match", StringComparison.Ordinal))
            _scope.Program.Patterns.Add((_scope.Place(where), pattern.Value));
    }

    private Expression[]? Arguments(Element parent, IEnumerable<Element> elements)
    {
        // All of them, even after a failure: every problem is reported.
        var height = 0;
        var compiled = new List<Expression?>();
        foreach (var element in elements)
        {
            compiled.Add(Compile(element));
            height = Math.Max(height, _height);
        }

        _height = height + 1;
        if (_height == MaxHeight) _scope.Problem(parent, $"expressions are nested deeper than {MaxHeight}");
        return _height < MaxHeight && !compiled.Contains(null) ? [.. compiled.OfType<Expression>()] : null;
    }

    private Expression? Folded(Element where, Expression[] arguments, Func<Expression> apply)
    {
        try
        {
            var call = apply();
            if (!Array.TrueForAll(arguments, argument => argument.IsConstant)) return call;
            if (_scope.Shared.Folded(call) is { } known) return known;
            _scope.Constants.Forget();
            var folded = call.Fold(_scope.Constants);
            if (_scope.Constants.Failure is not { } failure) _scope.Shared.Fold(call, folded);
            else _scope.Remark(where, $"this call fails whatever the request: {failure.Message}");
            return folded;
        }
        catch (ArgumentException error)
        {
            _scope.Problem(where, error.Message);
            return null;
        }
    }
}
