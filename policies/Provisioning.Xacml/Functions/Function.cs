namespace Provisioning.Xacml;

/// <summary>T1 function that policies can call. Create your own with <see cref="Create{T1, TResult}(string, IExpressionType{T1}, IExpressionType{TResult}, Func{T1, Result{TResult}})"/> and its siblings.</summary>
public sealed partial class Function
{
    private readonly Func<Expression[], Expression> _apply;

    internal Function(string id, IExpressionType[] parameters, IExpressionType returns, Func<Expression[], Expression> apply)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Id = id;
        Parameters = parameters;
        Returns = returns;
        _apply = apply;
    }

    /// <summary>The identifier.</summary>
    public string Id { get; }

    /// <summary>The types of the arguments.</summary>
    public IReadOnlyList<IExpressionType> Parameters { get; }

    /// <summary>The type of the answer.</summary>
    public IExpressionType Returns { get; }

    /// <summary>The type of any further arguments; null if there are none.</summary>
    internal IExpressionType? Rest { get; init; }

    /// <summary>Whether this is an equality that an index can use.</summary>
    internal bool IsEquality { get; init; }

    /// <summary>Whether it only takes a value out of a bag, which is not worth to be kept.</summary>
    internal bool TakesOne { get; init; }

    /// <summary>Calls the function. An <see cref="ArgumentException"/> says what is wrong with a constant argument.</summary>
    internal Expression Apply(Expression[] arguments) => ClockCalls.Make(this, arguments, _apply);

    /// <summary>Says what is wrong with the arguments; null if they fit.</summary>
    internal string? Check(IReadOnlyList<IExpressionType> arguments)
    {
        var least = Parameters.Count;
        if (arguments.Count < least || (Rest is null && arguments.Count > least))
            return $"takes {(Rest is null ? "" : "at least ")}{least} arguments, not {arguments.Count}";
        for (var i = 0; i < arguments.Count; i++)
        {
            var wanted = i < least ? Parameters[i] : Rest!;
            if (arguments[i] != wanted) return $"takes {A(wanted)} as argument {i + 1}, not {A(arguments[i])}{Hint(wanted, arguments[i])}";
        }

        return null;
    }

    internal static string A(IExpressionType type) => $"{(type is { IsBag: false, Element.Name: ['a' or 'e' or 'i' or 'o', ..] } ? "an" : "a")} {type}";

    // What is most often overlooked: that a designator answers a bag.
    internal static string Hint(IExpressionType wanted, IExpressionType given) => (wanted.IsBag, given.IsBag, wanted.Element == given.Element) switch
    {
        (false, true, true) => $"; '{given.Element.Name}-one-and-only' takes the one value out of a bag",
        (true, false, true) => $"; '{wanted.Element.Name}-bag' makes a bag of values",
        _ => "",
    };
}
