using System.Numerics;

namespace Provisioning.Xacml;

/// <summary>Bags and sets of each type.</summary>
internal static class BagFunctions
{
    public static IEnumerable<Function> All() => DataType.All.SelectMany(For);

    private static IEnumerable<Function> For(DataType type)
    {
        var bag = ExpressionType.BagOf(type);
        yield return new($"{type.Name}-one-and-only", [bag], type, a => a.Bag(0) is [var only]
            ? only
            : throw new EvaluationException(StatusCodes.ProcessingError, $"{type.Name}-one-and-only got {a.Bag(0).Count} values"));
        yield return new($"{type.Name}-bag-size", [bag], DataType.Integer, a => new Value(DataType.Integer, new BigInteger(a.Bag(0).Count)));
        yield return new($"{type.Name}-is-in", [type, bag], DataType.Boolean, a => Value.Of(a.Bag(1).Contains((Value)a[0])));
        yield return new($"{type.Name}-bag", [], bag, a => new Bag(Array.ConvertAll(a, value => (Value)value))) { Rest = type };
        yield return new($"{type.Name}-intersection", [bag, bag], bag, a => new Bag([.. a.Bag(0).Intersect(a.Bag(1))]));
        yield return new($"{type.Name}-at-least-one-member-of", [bag, bag], DataType.Boolean, a =>
            Value.Of(a.Bag(1).ToHashSet().Overlaps(a.Bag(0))));
        yield return new($"{type.Name}-union", [bag, bag], bag, a => new Bag([.. a.SelectMany((_, i) => a.Bag(i)).Distinct()])) { Rest = bag };
        yield return new($"{type.Name}-subset", [bag, bag], DataType.Boolean, a => Value.Of(a.Bag(1).ToHashSet().IsSupersetOf(a.Bag(0))));
        yield return new($"{type.Name}-set-equals", [bag, bag], DataType.Boolean, a => Value.Of(a.Bag(0).ToHashSet().SetEquals(a.Bag(1))));
    }
}
