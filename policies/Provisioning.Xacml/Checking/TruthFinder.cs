namespace Provisioning.Xacml;

/// <summary>Finds what conditions can answer, as far as their constants tell.</summary>
internal sealed class TruthFinder
{
    // Variables that use others twice would take for ever if each use were looked at anew.
    private readonly Dictionary<Expression, Truth> _variables = [];

    public Truth Of(Expression expression) => expression switch
    {
        Constant<bool> constant => new(constant.Value, !constant.Value),
        VariableReference<bool> variable => OfVariable(variable.Definition),
        Junction junction => Of(junction),
        _ => new(true, true),
    };

    private Truth OfVariable(Expression definition)
    {
        if (_variables.TryGetValue(definition, out var known)) return known;
        return _variables[definition] = Of(definition);
    }

    private Truth Of(Junction junction)
    {
        var parts = junction.Arguments.Select(Of).ToList();
        return junction.IsOr
            ? new(parts.Exists(one => one.CanHold), parts.TrueForAll(one => one.CanFail))
            : new(parts.TrueForAll(one => one.CanHold), parts.Exists(one => one.CanFail));
    }
}
