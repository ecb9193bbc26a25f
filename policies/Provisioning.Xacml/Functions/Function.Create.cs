namespace Provisioning.Xacml;

/// <content>The ways to make functions of one's own.</content>
public sealed partial class Function
{
    /// <summary>T1 function of one argument. What it throws makes the call Indeterminate; returning a <see cref="Failure"/> is far cheaper.</summary>
    /// <typeparam name="T1">The CLR type of the argument.</typeparam>
    /// <typeparam name="TResult">The CLR type of the answer.</typeparam>
    /// <param name="id">The identifier.</param>
    /// <param name="a">The type of the argument: a <see cref="DataType{T}"/> or its <see cref="DataType{T}.Bag"/>.</param>
    /// <param name="returns">The type of the answer.</param>
    /// <param name="body">Computes the answer from nothing but the argument.</param>
    /// <returns>The function.</returns>
    public static Function Create<T1, TResult>(string id, IExpressionType<T1> a, IExpressionType<TResult> returns, Func<T1, Result<TResult>> body)
        where T1 : notnull
        where TResult : notnull => new(id, [a], returns, args => new TryApply<T1, TResult>(
            returns, x => Guard(id, () => body(x)), (Expression<T1>)args[0]));

    /// <summary>T1 function of two arguments.</summary>
    /// <typeparam name="T1">The CLR type of the first argument.</typeparam>
    /// <typeparam name="T2">The CLR type of the second argument.</typeparam>
    /// <typeparam name="TResult">The CLR type of the answer.</typeparam>
    /// <param name="id">The identifier.</param>
    /// <param name="a">The type of the first argument.</param>
    /// <param name="b">The type of the second argument.</param>
    /// <param name="returns">The type of the answer.</param>
    /// <param name="body">Computes the answer from nothing but the arguments.</param>
    /// <returns>The function.</returns>
    public static Function Create<T1, T2, TResult>(
        string id, IExpressionType<T1> a, IExpressionType<T2> b, IExpressionType<TResult> returns, Func<T1, T2, Result<TResult>> body)
        where T1 : notnull
        where T2 : notnull
        where TResult : notnull => new(id, [a, b], returns, args => new TryApply<T1, T2, TResult>(
            returns, (x, y) => Guard(id, () => body(x, y)), (Expression<T1>)args[0], (Expression<T2>)args[1]));

    /// <summary>T1 function of three arguments.</summary>
    /// <typeparam name="T1">The CLR type of the first argument.</typeparam>
    /// <typeparam name="T2">The CLR type of the second argument.</typeparam>
    /// <typeparam name="T3">The CLR type of the third argument.</typeparam>
    /// <typeparam name="TResult">The CLR type of the answer.</typeparam>
    /// <param name="id">The identifier.</param>
    /// <param name="a">The type of the first argument.</param>
    /// <param name="b">The type of the second argument.</param>
    /// <param name="c">The type of the third argument.</param>
    /// <param name="returns">The type of the answer.</param>
    /// <param name="body">Computes the answer from nothing but the arguments.</param>
    /// <returns>The function.</returns>
    public static Function Create<T1, T2, T3, TResult>(
        string id, IExpressionType<T1> a, IExpressionType<T2> b, IExpressionType<T3> c, IExpressionType<TResult> returns, Func<T1, T2, T3, Result<TResult>> body)
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
        where TResult : notnull => new(id, [a, b, c], returns, args => new TryApply<T1, T2, T3, TResult>(
            returns, (x, y, z) => Guard(id, () => body(x, y, z)), (Expression<T1>)args[0], (Expression<T2>)args[1], (Expression<T3>)args[2]));

    /// <summary>T1 function of any number of arguments of one type.</summary>
    /// <typeparam name="T1">The CLR type of the arguments.</typeparam>
    /// <typeparam name="TResult">The CLR type of the answer.</typeparam>
    /// <param name="id">The identifier.</param>
    /// <param name="each">The type of each argument.</param>
    /// <param name="least">How many arguments there must be at least.</param>
    /// <param name="returns">The type of the answer.</param>
    /// <param name="body">Computes the answer from nothing but the arguments.</param>
    /// <returns>The function.</returns>
    public static Function CreateMany<T1, TResult>(string id, IExpressionType<T1> each, int least, IExpressionType<TResult> returns, Func<T1[], Result<TResult>> body)
        where T1 : notnull
        where TResult : notnull
    {
        ArgumentOutOfRangeException.ThrowIfNegative(least);
        return new(id, [.. Enumerable.Repeat(each, least)], returns, args => new TryApplyMany<T1, TResult>(
            returns, values => Guard(id, () => body(values)), Array.ConvertAll(args, arg => (Expression<T1>)arg)))
        { Rest = each };
    }

    private static Result<TResult> Guard<TResult>(string id, Func<Result<TResult>> call)
    {
        try
        {
            return call();
        }
        catch (Exception error)
        {
            // Foreign code: whatever it throws is the failure of this call alone.
            return Failure.Processing($"function '{id}' failed: {error.Message}");
        }
    }
}
