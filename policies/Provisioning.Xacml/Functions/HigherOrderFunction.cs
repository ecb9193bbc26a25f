using static Provisioning.Xacml.FunctionTable;

namespace Provisioning.Xacml;

/// <summary>A function that takes a function (A.3.12).</summary>
internal sealed class HigherOrderFunction
{
    // Whether there may be so many bags among so many arguments.
    private readonly Func<int, int, bool> _allowsBags;
    private readonly string _bags;
    private readonly Quantifier? _quantifier;

    private HigherOrderFunction(string id, string bags, Func<int, int, bool> allowsBags, Quantifier? quantifier)
    {
        Id = id;
        _bags = bags;
        _allowsBags = allowsBags;
        _quantifier = quantifier;
    }

    public string Id { get; }

    public static void AddTo(FunctionTable table)
    {
        // The identifiers of version 1.0 are deprecated.
        foreach (var version in (string[])[V3, V1])
        {
            table.AddHigherOrder(new(version + "any-of", "exactly one bag", (bags, _) => bags == 1, Quantifier.Any));
            table.AddHigherOrder(new(version + "all-of", "exactly one bag", (bags, _) => bags == 1, Quantifier.All));
            table.AddHigherOrder(new(version + "any-of-any", "at least one bag", (bags, _) => bags >= 1, Quantifier.Any));
            table.AddHigherOrder(new(version + "map", "exactly one bag", (bags, _) => bags == 1, null));
        }

        table.AddHigherOrder(new(V1 + "all-of-any", "exactly two bags", (bags, all) => bags == 2 && all == 2, Quantifier.AllOfAny));
        table.AddHigherOrder(new(V1 + "any-of-all", "exactly two bags", (bags, all) => bags == 2 && all == 2, Quantifier.AnyOfAll));
        table.AddHigherOrder(new(V1 + "all-of-all", "exactly two bags", (bags, all) => bags == 2 && all == 2, Quantifier.All));
    }

    /// <summary>Says what is wrong with the function and the arguments; null if they fit.</summary>
    public string? Check(Function function, Expression[] arguments)
    {
        var bags = arguments.Count(argument => argument.Type.IsBag);
        if (!_allowsBags(bags, arguments.Length)) return $"takes {_bags}";
        if (_quantifier is not null && function.Returns != DataType.Boolean) return $"takes a function that answers a boolean, not '{function.Id}'";
        if (_quantifier is null && function.Returns.IsBag) return $"takes a function that answers a single value, not '{function.Id}'";
        var wrong = function.Check(Array.ConvertAll(arguments, argument => (IExpressionType)argument.Type.Element));
        return wrong is null ? null : $"calls '{function.Id}', which {wrong}";
    }

    public Expression Apply(Function function, Expression[] arguments)
    {
        // What is constant stays so for the function called: a pattern is compiled but once.
        var items = arguments.Select((argument, i) => argument is { IsConstant: true, Type.IsBag: false } ? argument : ClockCalls.Item(argument, i)).ToArray();
        var call = function.Apply(items);
        return _quantifier is { } quantifier ? new QuantifiedApply(quantifier, (Expression<bool>)call, arguments) : call.Map(arguments)!;
    }
}
