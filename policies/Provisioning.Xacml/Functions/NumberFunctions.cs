using System.Numerics;

namespace Provisioning.Xacml;

/// <summary>Arithmetic.</summary>
internal static class NumberFunctions
{
    public static IEnumerable<Function> All() =>
    [
        Integers("integer-add", (a, b) => a + b, many: true),
        Integers("integer-subtract", (a, b) => a - b),
        Integers("integer-multiply", (a, b) => a * b, many: true),
        Integers("integer-divide", (a, b) => BigInteger.Divide(a, NotZero(b))),
        Integers("integer-mod", (a, b) => BigInteger.Remainder(a, NotZero(b))),
        Doubles("double-add", (a, b) => a + b, many: true),
        Doubles("double-subtract", (a, b) => a - b),
        Doubles("double-multiply", (a, b) => a * b, many: true),
        Doubles("double-divide", (a, b) => b == 0 ? throw Zero() : a / b),
        new("integer-abs", [DataType.Integer], DataType.Integer, a => new Value(DataType.Integer, BigInteger.Abs(a.Integer(0)))),
        new("double-abs", [DataType.Double], DataType.Double, a => new Value(DataType.Double, Math.Abs(a.Double(0)))),
        new("round", [DataType.Double], DataType.Double, a => new Value(DataType.Double, Math.Floor(a.Double(0) + 0.5))),
        new("floor", [DataType.Double], DataType.Double, a => new Value(DataType.Double, Math.Floor(a.Double(0)))),
        new("integer-to-double", [DataType.Integer], DataType.Double, a => new Value(DataType.Double, (double)a.Integer(0))),
        new("double-to-integer", [DataType.Double], DataType.Integer, a => new Value(DataType.Integer, Truncate(a.Double(0)))),
    ];

    private static Function Integers(string id, Func<BigInteger, BigInteger, BigInteger> step, bool many = false) =>
        new(id, [DataType.Integer, DataType.Integer], DataType.Integer, a =>
        {
            var result = a.Integer(0);
            for (var i = 1; i < a.Length; i++) result = step(result, a.Integer(i));
            return new Value(DataType.Integer, result);
        })
        { Rest = many ? new ExpressionType(DataType.Integer, false) : default(ExpressionType?) };

    private static Function Doubles(string id, Func<double, double, double> step, bool many = false) =>
        new(id, [DataType.Double, DataType.Double], DataType.Double, a =>
        {
            var result = a.Double(0);
            for (var i = 1; i < a.Length; i++) result = step(result, a.Double(i));
            return new Value(DataType.Double, result);
        })
        { Rest = many ? new ExpressionType(DataType.Double, false) : default(ExpressionType?) };

    private static BigInteger Truncate(double number) => double.IsFinite(number)
        ? new BigInteger(number)
        : throw new EvaluationException(StatusCodes.ProcessingError, $"{number} is not an integer");

    private static BigInteger NotZero(BigInteger number) => number.IsZero ? throw Zero() : number;

    private static EvaluationException Zero() => new(StatusCodes.ProcessingError, "division by zero");
}
