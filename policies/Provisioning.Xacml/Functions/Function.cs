namespace Provisioning.Xacml;

/// <summary>A function with its signature. Arguments arrive as <see cref="Value"/> or <see cref="Bag"/>, already type-checked.</summary>
internal sealed record Function(string Id, ExpressionType[] Parameters, ExpressionType Returns, Func<object[], object> Call)
{
    /// <summary>The type of any further arguments.</summary>
    public ExpressionType? Rest { get; init; }

    /// <summary>How many further arguments are needed at least.</summary>
    public int MinRest { get; init; }

    /// <summary>Set if the function does not always evaluate all its arguments.</summary>
    public Func<Expression[], EvaluationContext, object>? Lazy { get; init; }

    /// <summary>Says what is wrong with the arguments; null if they fit.</summary>
    public string? Check(IReadOnlyList<ExpressionType> arguments)
    {
        if (arguments.Count < Parameters.Length + MinRest || (Rest is null && arguments.Count > Parameters.Length))
            return $"takes {(Rest is null ? "" : "at least ")}{Parameters.Length + MinRest} arguments, not {arguments.Count}";
        for (var i = 0; i < arguments.Count; i++)
        {
            var wanted = i < Parameters.Length ? Parameters[i] : Rest!.Value;
            if (arguments[i] != wanted) return $"takes a {wanted} as argument {i + 1}, not a {arguments[i]}";
        }

        return null;
    }
}
