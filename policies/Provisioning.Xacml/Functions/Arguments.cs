using System.Numerics;

namespace Provisioning.Xacml;

/// <summary>Short ways to the arguments of a call.</summary>
internal static class Arguments
{
    public static object Native(this object[] arguments, int index) => ((Value)arguments[index]).Native;

    public static string Text(this object[] arguments, int index) => (string)((Value)arguments[index]).Native;

    public static BigInteger Integer(this object[] arguments, int index) => (BigInteger)((Value)arguments[index]).Native;

    public static double Double(this object[] arguments, int index) => (double)((Value)arguments[index]).Native;

    public static IReadOnlyList<Value> Bag(this object[] arguments, int index) => ((Bag)arguments[index]).Values;
}
