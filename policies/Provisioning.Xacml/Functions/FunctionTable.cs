namespace Provisioning.Xacml;

/// <summary>Functions by identifier, each with its signature; written so that it reads like the tables of the standard (appendix A.3).</summary>
internal sealed class FunctionTable
{
    public const string V1 = "urn:oasis:names:tc:xacml:1.0:function:";
    public const string V2 = "urn:oasis:names:tc:xacml:2.0:function:";
    public const string V3 = "urn:oasis:names:tc:xacml:3.0:function:";

    private readonly Dictionary<string, Function> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HigherOrderFunction> _higherOrder = new(StringComparer.Ordinal);

    /// <summary>The functions of the standard.</summary>
    public static FunctionTable Standard { get; } = CreateStandard();

    public IReadOnlyCollection<string> Ids => [.. _functions.Keys, .. _higherOrder.Keys];

    public Function? Find(string id) => _functions.GetValueOrDefault(id);

    public HigherOrderFunction? FindHigherOrder(string id) => _higherOrder.GetValueOrDefault(id);

    public void Add(Function function) => _functions.Add(function.Id, function);

    public void AddHigherOrder(HigherOrderFunction function) => _higherOrder.Add(function.Id, function);

    public void Add<T1, TResult>(string id, IExpressionType<T1> a, IExpressionType<TResult> returns, Func<T1, TResult> body)
        where T1 : notnull
        where TResult : notnull => Add(new(id, [a], returns, args => new Apply<T1, TResult>(returns, body, (Expression<T1>)args[0])));

    public void Add<T1, T2, TResult>(string id, IExpressionType<T1> a, IExpressionType<T2> b, IExpressionType<TResult> returns, Func<T1, T2, TResult> body)
        where T1 : notnull
        where T2 : notnull
        where TResult : notnull => Add(Pair(id, a, b, returns, body));

    public void TryAdd<T1, TResult>(string id, IExpressionType<T1> a, IExpressionType<TResult> returns, Func<T1, Result<TResult>> body)
        where T1 : notnull
        where TResult : notnull => Add(new(id, [a], returns, args => new TryApply<T1, TResult>(returns, body, (Expression<T1>)args[0])));

    public void TryAdd<T1, T2, TResult>(string id, IExpressionType<T1> a, IExpressionType<T2> b, IExpressionType<TResult> returns, Func<T1, T2, Result<TResult>> body)
        where T1 : notnull
        where T2 : notnull
        where TResult : notnull =>
        Add(new(id, [a, b], returns, args => new TryApply<T1, T2, TResult>(returns, body, (Expression<T1>)args[0], (Expression<T2>)args[1])));

    public void TryAdd<T1, T2, T3, TResult>(
        string id, IExpressionType<T1> a, IExpressionType<T2> b, IExpressionType<T3> c, IExpressionType<TResult> returns, Func<T1, T2, T3, Result<TResult>> body)
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
        where TResult : notnull => Add(new(id, [a, b, c], returns, args => new TryApply<T1, T2, T3, TResult>(
            returns, body, (Expression<T1>)args[0], (Expression<T2>)args[1], (Expression<T3>)args[2])));

    /// <summary>T1 function of at least two arguments of one type, and in the usual case of two.</summary>
    public void AddChain<T1>(string id, IExpressionType<T1> each, Func<T1, T1, Result<T1>> step)
        where T1 : notnull => Add(new(id, [each, each], each, args => args is [Expression<T1> first, Expression<T1> second]
            ? new TryApply<T1, T1, T1>(each, step, first, second)
            : new ChainApply<T1>(each, step, Array.ConvertAll(args, arg => (Expression<T1>)arg)))
        { Rest = each });

    /// <summary>T1 function of any number of arguments of one type.</summary>
    public void AddMany<T1, TResult>(string id, IExpressionType<T1> each, int least, IExpressionType<TResult> returns, Func<T1[], Result<TResult>> body)
        where T1 : notnull
        where TResult : notnull => Add(new(id, [.. Enumerable.Repeat(each, least)], returns, args =>
            new TryApplyMany<T1, TResult>(returns, body, Array.ConvertAll(args, arg => (Expression<T1>)arg)))
        { Rest = each });

    public void AddEquality<T1>(string id, DataType<T1> type)
        where T1 : notnull
    {
        var equality = Pair(id, type, type, DataType.Boolean, EqualityComparer<T1>.Default.Equals);
        Add(new(id, [type, type], DataType.Boolean, equality.Apply) { IsEquality = true });
    }

    private static Function Pair<T1, T2, TResult>(string id, IExpressionType<T1> a, IExpressionType<T2> b, IExpressionType<TResult> returns, Func<T1, T2, TResult> body)
        where T1 : notnull
        where T2 : notnull
        where TResult : notnull =>
        new(id, [a, b], returns, args => new Apply<T1, T2, TResult>(returns, body, (Expression<T1>)args[0], (Expression<T2>)args[1]));

    private static FunctionTable CreateStandard()
    {
        var table = new FunctionTable();
        ComparisonFunctions.AddTo(table);
        NumberFunctions.AddTo(table);
        LogicFunctions.AddTo(table);
        StringFunctions.AddTo(table);
        ConversionFunctions.AddTo(table);
        BagFunctions.AddTo(table);
        TimeFunctions.AddTo(table);
        MatchFunctions.AddTo(table);
        XPathFunctions.AddTo(table);
        AccessFunctions.AddTo(table);
        HigherOrderFunction.AddTo(table);
        return table;
    }
}
