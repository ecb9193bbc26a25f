using System.Globalization;
using System.Numerics;
using static Provisioning.Xacml.FunctionTable;

namespace Provisioning.Xacml;

/// <summary>Arithmetic and the conversion of numbers (A.3.2, A.3.4).</summary>
internal static class NumberFunctions
{
    public static void AddTo(FunctionTable table)
    {
        // Lambdas throughout: a delegate to a static method costs a detour with every call.
        var (integer, floating) = (DataType.Integer, DataType.Double);
        table.AddChain(V1 + "integer-add", integer, (a, b) => Integer.Add(a, b));
        table.AddChain(V1 + "double-add", floating, (a, b) => a + b);
        table.TryAdd(V1 + "integer-subtract", integer, integer, integer, (a, b) => Integer.Subtract(a, b));
        table.Add(V1 + "double-subtract", floating, floating, floating, (a, b) => a - b);
        table.AddChain(V1 + "integer-multiply", integer, (a, b) => Integer.Multiply(a, b));
        table.AddChain(V1 + "double-multiply", floating, (a, b) => a * b);
        table.TryAdd(V1 + "integer-divide", integer, integer, integer, (a, b) => Integer.Divide(a, b));
        table.TryAdd(V1 + "double-divide", floating, floating, floating, (a, b) => Divide(a, b));
        table.TryAdd(V1 + "integer-mod", integer, integer, integer, (a, b) => Integer.Remainder(a, b));
        table.Add(V1 + "integer-abs", integer, integer, number => Integer.Abs(number));
        table.Add(V1 + "double-abs", floating, floating, number => Math.Abs(number));
        table.Add(V1 + "round", floating, floating, number => Round(number));
        table.Add(V1 + "floor", floating, floating, number => Math.Floor(number));
        table.TryAdd(V1 + "double-to-integer", floating, integer, number => Truncate(number));
        table.Add(V1 + "integer-to-double", integer, floating, number => (double)number);
    }

    private static Result<double> Divide(double a, double b) => b == 0 ? Failure.DivisionByZero : a / b;

    // A half goes up; adding a half first would round 0.49999999999999994 up too. What is next to zero keeps its sign.
    private static double Round(double number)
    {
        var floor = Math.Floor(number);
        return Math.CopySign(number - floor >= 0.5 ? floor + 1 : floor, number);
    }

    private static Result<Integer> Truncate(double number) => double.IsFinite(number)
        ? Math.Abs(number) < long.MaxValue ? new Integer((long)number) : new Integer(new BigInteger(number))
        : Failure.Processing(string.Create(CultureInfo.InvariantCulture, $"{number} is not an integer"));
}
