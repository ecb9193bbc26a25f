namespace Provisioning.Xacml;

/// <summary>Calls a function for the values of bags.</summary>
internal sealed class HigherOrderApply(string kind, Function function, Expression[] arguments) : Expression
{
    public override ExpressionType Type => kind == "map" ? ExpressionType.BagOf(function.Returns.Type) : DataType.Boolean;

    public override object Evaluate(EvaluationContext context)
    {
        var sets = Array.ConvertAll(
            arguments, argument => argument.Evaluate(context) is var value && value is Bag bag ? bag.Values : [(Value)value]);
        return kind switch
        {
            "map" => new Bag([.. Calls(sets, 0, new object[sets.Length])]),
            "any-of" or "any-of-any" => Value.Of(Calls(sets, 0, new object[sets.Length]).Any(IsTrue)),
            "all-of" or "all-of-all" => Value.Of(Calls(sets, 0, new object[sets.Length]).All(IsTrue)),
            "all-of-any" => Value.Of(sets[0].All(first => sets[1].Any(second => Holds(first, second)))),
            // any-of-all: each value of the second bag needs some value of the first (A.3.12).
            _ => Value.Of(sets[1].All(second => sets[0].Any(first => Holds(first, second)))),
        };
    }

    private static bool IsTrue(Value value) => (bool)value.Native;

    private bool Holds(Value first, Value second) => IsTrue((Value)function.Call([first, second]));

    private IEnumerable<Value> Calls(IReadOnlyList<Value>[] sets, int index, object[] chosen)
    {
        if (index == sets.Length)
        {
            yield return (Value)function.Call([.. chosen]);
            yield break;
        }

        foreach (var value in sets[index])
        {
            chosen[index] = value;
            foreach (var result in Calls(sets, index + 1, chosen)) yield return result;
        }
    }
}
