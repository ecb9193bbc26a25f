using static Provisioning.Xacml.FunctionTable;

namespace Provisioning.Xacml;

/// <summary>Boolean logic (A.3.5). Arguments behind the deciding one are not evaluated.</summary>
internal static class LogicFunctions
{
    public static void AddTo(FunctionTable table)
    {
        var boolean = DataType.Boolean;
        table.Add(new(V1 + "or", [], boolean, args => new Junction(Booleans(args), decisive: true)) { Rest = boolean });
        table.Add(new(V1 + "and", [], boolean, args => new Junction(Booleans(args), decisive: false)) { Rest = boolean });
        table.Add(new(V1 + "n-of", [DataType.Integer], boolean, args => new AtLeast((Expression<Integer>)args[0], Booleans(args[1..])))
        { Rest = boolean });
        table.Add(V1 + "not", boolean, boolean, value => !value);
    }

    private static Expression<bool>[] Booleans(Expression[] arguments) => Array.ConvertAll(arguments, argument => (Expression<bool>)argument);
}

/// <summary>or, which a true decides, and and, which a false does.</summary>
internal sealed class Junction(Expression<bool>[] arguments, bool decisive) : Expression<bool>(DataType.Boolean)
{
    public bool IsOr => decisive;

    public IReadOnlyList<Expression<bool>> Arguments => arguments;

    public override bool TryEvaluate(EvaluationContext context, out bool value)
    {
        foreach (var argument in arguments)
        {
            if (!argument.TryEvaluate(context, out value)) return false;
            if (value == decisive) return true;
        }

        value = !decisive;
        return true;
    }
}

/// <summary>n-of: whether at least so many arguments are true.</summary>
internal sealed class AtLeast(Expression<Integer> number, Expression<bool>[] arguments) : Expression<bool>(DataType.Boolean)
{
    public override bool TryEvaluate(EvaluationContext context, out bool value)
    {
        value = false;
        if (!number.TryEvaluate(context, out var wanted)) return false;
        if (!wanted.TryGetInt64(out var needed) || needed > arguments.Length)
            return context.Fail(Failure.Processing($"n-of needs {wanted} of only {arguments.Length} arguments"));
        for (var i = 0; i < arguments.Length && needed > 0; i++)
        {
            if (!arguments[i].TryEvaluate(context, out var holds)) return false;
            if (holds) needed--;
        }

        value = needed <= 0;
        return true;
    }
}
