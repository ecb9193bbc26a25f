namespace Provisioning.Xacml;

/// <summary>The variables of one policy, compiled when they are first referred to: forward references are allowed, circles are not.</summary>
internal sealed class PolicyVariables
{
    private readonly PolicyScope _scope;
    private readonly Dictionary<string, Element> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Expression? Reference, int Height)> _compiled = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public PolicyVariables(PolicyScope scope, IEnumerable<Element> definitions)
    {
        _scope = scope;
        foreach (var definition in definitions)
        {
            var id = PolicyScope.Required(definition, "VariableId");
            if (!_sources.TryAdd(id, definition)) scope.Problem(definition, $"variable '{id}' is defined twice");
        }
    }

    public void CompileAll(ExpressionCompiler compiler)
    {
        foreach (var (id, definition) in _sources) Reference(compiler, id, definition, out _);
    }

    public Expression? Reference(ExpressionCompiler compiler, string id, Element where, out int height)
    {
        height = 0;
        if (_compiled.TryGetValue(id, out var known))
        {
            height = known.Height;
            return known.Reference;
        }

        if (!_sources.TryGetValue(id, out var definition))
        {
            _scope.Problem(where, $"variable '{id}' is not defined");
            return null;
        }

        if (!_open.Add(id))
        {
            _scope.Problem(where, $"variable '{id}' refers to itself");
            return null;
        }

        var reference = compiler.CompileOnly(definition, out height)?.Reference(_scope.Program.NewCell());
        _open.Remove(id);
        _compiled[id] = (reference, ++height);
        return reference;
    }
}
