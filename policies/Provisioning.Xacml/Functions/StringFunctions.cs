using System.Numerics;

namespace Provisioning.Xacml;

/// <summary>Text.</summary>
internal static class StringFunctions
{
    public static IEnumerable<Function> All()
    {
        yield return new("string-concatenate", [DataType.String, DataType.String], DataType.String, a =>
            new Value(DataType.String, string.Concat(a.Select((_, i) => a.Text(i)))))
        { Rest = DataType.String };
        yield return new("uri-string-concatenate", [DataType.AnyUri], DataType.AnyUri, a =>
            new Value(DataType.AnyUri, string.Concat(a.Select((_, i) => a.Text(i)))))
        { Rest = DataType.String, MinRest = 1 };
        yield return new("string-normalize-space", [DataType.String], DataType.String, a => new Value(DataType.String, a.Text(0).Trim()));
        yield return new("string-normalize-to-lower-case", [DataType.String], DataType.String, a =>
            new Value(DataType.String, a.Text(0).ToLowerInvariant()));
        foreach (var type in (DataType[])[DataType.String, DataType.AnyUri])
        {
            // The searched text comes second.
            yield return new($"{type.Name}-starts-with", [DataType.String, type], DataType.Boolean, a =>
                Value.Of(a.Text(1).StartsWith(a.Text(0), StringComparison.Ordinal)));
            yield return new($"{type.Name}-ends-with", [DataType.String, type], DataType.Boolean, a =>
                Value.Of(a.Text(1).EndsWith(a.Text(0), StringComparison.Ordinal)));
            yield return new($"{type.Name}-contains", [DataType.String, type], DataType.Boolean, a =>
                Value.Of(a.Text(1).Contains(a.Text(0), StringComparison.Ordinal)));
            yield return new($"{type.Name}-substring", [type, DataType.Integer, DataType.Integer], DataType.String, a =>
                new Value(DataType.String, Substring(a.Text(0), a.Integer(1), a.Integer(2))));
        }

        foreach (var type in (DataType[])[DataType.String, DataType.AnyUri, DataType.IpAddress, DataType.DnsName, DataType.Rfc822Name, DataType.X500Name])
        {
            yield return new($"{type.Name}-regexp-match", [DataType.String, type], DataType.Boolean, a =>
                Value.Of(Patterns.Get(a.Text(0)).IsMatch(((Value)a[1]).Text)));
        }
    }

    private static string Substring(string text, BigInteger start, BigInteger end)
    {
        if (end == -1) end = text.Length;
        return start >= 0 && end <= text.Length && start <= end
            ? text[(int)start..(int)end]
            : throw new EvaluationException(StatusCodes.ProcessingError, $"substring {start} to {end} of {text.Length} characters");
    }
}
