namespace Provisioning.Xacml;

/// <summary>What policies have in common, kept once while they are compiled. Large sets of policies say the same things again and again; what is
/// there once takes less memory, and is more likely to be near when a decision needs it.</summary>
internal sealed class SharedParts(PolicyProgram program)
{
    private readonly Dictionary<(DataType Type, string Text), Expression?> _literals = [];
    private readonly Dictionary<(AttributeSlot Slot, bool MustBePresent), Expression> _designators = [];
    private readonly Dictionary<PartsKey, Expression> _calls = [];
    private readonly Dictionary<Expression, Expression> _folded = [];
    private readonly Dictionary<PartsKey, Match> _matches = [];
    private readonly Dictionary<PartsKey, Target> _targets = [];

    /// <summary>A literal; null if the text is not a value of the type.</summary>
    public Expression? Literal(DataType type, string text)
    {
        if (!_literals.TryGetValue((type, text), out var literal)) _literals.Add((type, text), literal = type.Constant(text));
        return literal;
    }

    public Expression Designator(AttributeSlot slot, bool mustBePresent)
    {
        if (!_designators.TryGetValue((slot, mustBePresent), out var designator))
            _designators.Add((slot, mustBePresent), designator = slot.Type.Designator(slot, mustBePresent));
        return designator;
    }

    /// <summary>A call of a function with arguments. What makes new values is made once per request if several places call for it.</summary>
    public Expression Call(Function function, Expression[] arguments)
    {
        var key = new PartsKey(function, arguments);
        if (_calls.TryGetValue(key, out var known))
        {
            (known as ISharedCall)?.Keep(program);
            return known;
        }

        var call = function.Apply(arguments);
        var makesValues = (function.Returns.IsBag || function.Returns == DataType.String) && !function.TakesOne;
        return _calls[key] = makesValues && !Array.TrueForAll(arguments, argument => argument.IsConstant) ? call.Shared() : call;
    }

    /// <summary>The constant that a call was found to be; null if it is not known to be one.</summary>
    public Expression? Folded(Expression call) => _folded.GetValueOrDefault(call);

    public void Fold(Expression call, Expression constant) => _folded.Add(call, constant);

    /// <summary>A match by equality; null if there is none yet.</summary>
    public Match? Match(Function equality, Expression literal, Expression attribute) =>
        _matches.GetValueOrDefault(new(equality, [literal, attribute]));

    public Match Add(Function equality, Expression literal, Expression attribute, Match match) =>
        _matches[new(equality, [literal, attribute])] = match;

    public Target Target(Match[][][] anyOfs)
    {
        // The arrays themselves stand between their parts, so that different groupings of the same matches differ.
        var parts = anyOfs.SelectMany(anyOf => anyOf.SelectMany(allOf => allOf.Append((object)"AllOf")).Append("AnyOf"));
        var key = new PartsKey(typeof(Target), [.. parts]);
        if (!_targets.TryGetValue(key, out var target)) _targets.Add(key, target = new(anyOfs));
        return target;
    }
}
