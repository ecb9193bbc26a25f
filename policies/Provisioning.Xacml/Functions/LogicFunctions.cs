using System.Numerics;

namespace Provisioning.Xacml;

/// <summary>Boolean logic. Arguments behind the deciding one are not evaluated.</summary>
internal static class LogicFunctions
{
    public static IEnumerable<Function> All() =>
    [
        new("or", [], DataType.Boolean, a => Value.Of(a.Any(value => (bool)((Value)value).Native)))
        {
            Rest = DataType.Boolean,
            Lazy = (arguments, context) => Value.Of(arguments.Any(argument => IsTrue(argument, context))),
        },
        new("and", [], DataType.Boolean, a => Value.Of(a.All(value => (bool)((Value)value).Native)))
        {
            Rest = DataType.Boolean,
            Lazy = (arguments, context) => Value.Of(arguments.All(argument => IsTrue(argument, context))),
        },
        new("not", [DataType.Boolean], DataType.Boolean, a => Value.Of(!(bool)a.Native(0))),
        new("n-of", [DataType.Integer], DataType.Boolean, a =>
            Value.Of(a.Skip(1).Count(value => (bool)((Value)value).Native) >= a.Integer(0)))
        {
            Rest = DataType.Boolean,
            Lazy = AtLeast,
        },
    ];

    private static bool IsTrue(Expression argument, EvaluationContext context) => (bool)((Value)argument.Evaluate(context)).Native;

    private static Value AtLeast(Expression[] arguments, EvaluationContext context)
    {
        var needed = (BigInteger)((Value)arguments[0].Evaluate(context)).Native;
        if (needed > arguments.Length - 1)
            throw new EvaluationException(StatusCodes.ProcessingError, $"n-of needs {needed} of only {arguments.Length - 1} arguments");
        for (var i = 1; i < arguments.Length && needed > 0; i++)
        {
            if (IsTrue(arguments[i], context)) needed--;
        }

        return Value.Of(needed <= 0);
    }
}
