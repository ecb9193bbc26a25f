using static Provisioning.Xacml.FunctionTable;

namespace Provisioning.Xacml;

/// <summary>Regular expressions, and the matching of names (A.3.13, A.3.14).</summary>
internal static class MatchFunctions
{
    public static void AddTo(FunctionTable table)
    {
        AddRegexp(table, V1, DataType.String);
        AddRegexp(table, V2, DataType.AnyUri);
        AddRegexp(table, V2, DataType.IpAddress);
        AddRegexp(table, V2, DataType.DnsName);
        AddRegexp(table, V2, DataType.Rfc822Name);
        AddRegexp(table, V2, DataType.X500Name);
        table.Add(V1 + "x500Name-match", DataType.X500Name, DataType.X500Name, DataType.Boolean, (end, name) => end.IsEndOf(name));
        table.Add(V1 + "rfc822Name-match", DataType.String, DataType.Rfc822Name, DataType.Boolean, (pattern, name) => name.Matches(pattern));
    }

    private static void AddRegexp<T>(FunctionTable table, string version, DataType<T> type)
        where T : notnull =>
        table.Add(new(version + type.Name + "-regexp-match", [DataType.String, type], DataType.Boolean, args =>
            args[0] is Constant<string> pattern ? Fixed(type, pattern.Value, (Expression<T>)args[1]) : Open(type, args)));

    // A constant pattern is compiled with the policy.
    private static TryApply<T, bool> Fixed<T>(DataType<T> type, string pattern, Expression<T> text)
        where T : notnull
    {
        var read = Patterns.Get(pattern);
        if (read.Failure is { } failure) throw new ArgumentException(failure.Message);
        var known = read.Value;
        return new(DataType.Boolean, value => known.IsMatch(type.Format(value)), text);
    }

    private static TryApply<string, T, bool> Open<T>(DataType<T> type, Expression[] args)
        where T : notnull =>
        new(DataType.Boolean, (pattern, value) => Match(pattern, type.Format(value)), (Expression<string>)args[0], (Expression<T>)args[1]);

    private static Result<bool> Match(string pattern, string text)
    {
        var read = Patterns.Get(pattern);
        return read.Failure is { } failure ? failure : read.Value.IsMatch(text);
    }
}
