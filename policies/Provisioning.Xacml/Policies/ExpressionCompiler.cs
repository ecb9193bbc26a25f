using System.Xml.Linq;

namespace Provisioning.Xacml;

/// <summary>Compiles the expressions of one policy. Answers null where a problem was reported.</summary>
internal sealed class ExpressionCompiler
{
    private readonly PolicyScope _scope;
    private readonly Dictionary<string, XElement> _sources = [];
    private readonly Dictionary<string, VariableDefinition?> _variables = [];
    private readonly HashSet<string> _open = [];

    public ExpressionCompiler(PolicyScope scope, IEnumerable<XElement> variables)
    {
        _scope = scope;
        foreach (var variable in variables)
        {
            var id = scope.Required(variable, "VariableId");
            if (!_sources.TryAdd(id, variable)) scope.Problem(variable, $"variable '{id}' is defined twice");
        }

        foreach (var id in _sources.Keys) Variable(id, _sources[id]);
    }

    public Expression? Compile(XElement element)
    {
        if (!_scope.IsXacml(element)) return null;
        switch (element.Name.LocalName)
        {
            case "AttributeValue": return Literal(element) is { } value ? new Constant(value) : null;
            case "AttributeDesignator": return Designator(element);
            case "VariableReference":
                return Variable(_scope.Required(element, "VariableId"), element) is { } variable ? new VariableReference(variable) : null;
            case "Apply": return Apply(element);
            case "Function":
                _scope.Problem(element, "Function is only allowed as the first argument of a higher-order function");
                return null;
            default:
                _scope.Problem(element, $"{element.Name.LocalName} is not supported");
                return null;
        }
    }

    public Expression? CompileOnly(XElement parent)
    {
        if (parent.Elements().ToList() is [var only]) return Compile(only);
        _scope.Problem(parent, $"{parent.Name.LocalName} must hold exactly one expression");
        return null;
    }

    public Value? Literal(XElement element)
    {
        if (_scope.Type(element) is not { } type) return null;
        if (element.HasElements) _scope.Problem(element, $"a {type.Name} value holds no elements");
        else if (type.TryParse(element.Value, out var value)) return value;
        else _scope.Problem(element, $"'{element.Value}' is not a valid {type.Name}");
        return null;
    }

    public Expression? Designator(XElement element)
    {
        var category = _scope.Required(element, "Category");
        var id = _scope.Required(element, "AttributeId");
        var needed = _scope.Flag(element, "MustBePresent");
        return _scope.Type(element) is { } type ? new Designator(category, id, type, (string?)element.Attribute("Issuer"), needed) : null;
    }

    public Function? Function(XElement element, string attribute)
    {
        var uri = _scope.Required(element, attribute);
        var function = FunctionTable.Find(uri);
        if (function is null && uri.Length > 0) _scope.Problem(element, $"function '{uri}' is not supported");
        return function;
    }

    private VariableDefinition? Variable(string id, XElement where)
    {
        if (_variables.TryGetValue(id, out var known)) return known;
        if (!_sources.TryGetValue(id, out var source))
        {
            _scope.Problem(where, $"variable '{id}' is not defined");
            return null;
        }

        if (!_open.Add(id))
        {
            _scope.Problem(where, $"variable '{id}' refers to itself");
            return null;
        }

        var expression = CompileOnly(source);
        _open.Remove(id);
        return _variables[id] = expression is null ? null : new VariableDefinition(id, expression);
    }

    private Expression? Apply(XElement element)
    {
        var uri = _scope.Required(element, "FunctionId");
        var children = element.Elements().Where(child => child.Name != PolicyScope.Namespace + "Description").ToList();
        if (FunctionTable.HigherOrder(uri) is { } kind) return HigherOrder(element, kind, children);
        var function = Function(element, "FunctionId");
        var arguments = Arguments(children);
        if (function is null || arguments is null) return null;
        if (function.Check(Array.ConvertAll(arguments, argument => argument.Type)) is { } fault)
        {
            _scope.Problem(element, $"function '{uri}' {fault}");
            return null;
        }

        if (function.Id.EndsWith("-regexp-match", StringComparison.Ordinal) && !PatternCompiles(element, arguments[0])) return null;
        return new Apply(function, arguments);
    }

    private Expression[]? Arguments(IEnumerable<XElement> elements)
    {
        // All of them, even after a failure: every problem is reported.
        var compiled = elements.Select(Compile).ToArray();
        return Array.IndexOf(compiled, null) < 0 ? [.. compiled.OfType<Expression>()] : null;
    }

    private HigherOrderApply? HigherOrder(XElement element, string kind, List<XElement> children)
    {
        var arguments = Arguments(children.Skip(1));
        if (children.FirstOrDefault() is not { Name.LocalName: "Function" } first)
        {
            _scope.Problem(element, $"{kind} takes a Function as its first argument");
            return null;
        }

        var function = Function(first, "FunctionId");
        if (function is null || arguments is null) return null;
        var bags = arguments.Count(argument => argument.Type.IsBag);
        var fault = kind switch
        {
            "any-of" or "all-of" or "map" when bags != 1 => "takes exactly one bag",
            "all-of-any" or "any-of-all" or "all-of-all" when bags != 2 || arguments.Length != 2 => "takes exactly two bags",
            "any-of-any" when bags == 0 => "takes at least one bag",
            _ when kind != "map" && function.Returns != DataType.Boolean => $"takes a function that answers a boolean, not '{function.Id}'",
            "map" when function.Returns.IsBag => $"takes a function that answers a single value, not '{function.Id}'",
            _ => function.Check(Array.ConvertAll(arguments, argument => (ExpressionType)argument.Type.Type)) is { } wrong
                ? $"calls '{function.Id}', which {wrong}" : null,
        };
        if (fault is null) return new HigherOrderApply(kind, function, arguments);
        _scope.Problem(element, $"function '{kind}' {fault}");
        return null;
    }

    public bool PatternCompiles(XElement element, Expression pattern)
    {
        if (pattern is not Constant { Value.Native: string text }) return true;
        try
        {
            Patterns.Get(text);
            return true;
        }
        catch (EvaluationException error)
        {
            _scope.Problem(element, error.Message);
            return false;
        }
    }
}
