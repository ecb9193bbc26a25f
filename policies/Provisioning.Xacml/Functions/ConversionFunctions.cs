namespace Provisioning.Xacml;

/// <summary>From and to strings.</summary>
internal static class ConversionFunctions
{
    public static IEnumerable<Function> All()
    {
        foreach (var type in DataType.All.Where(type => type != DataType.String))
        {
            yield return new($"string-from-{type.Name}", [type], DataType.String, a => new Value(DataType.String, type.Format(a.Native(0))));
            yield return new($"{type.Name}-from-string", [DataType.String], type, a =>
                type.TryParse(a.Text(0), out var value)
                    ? value
                    : throw new EvaluationException(StatusCodes.SyntaxError, $"'{a.Text(0)}' is not a valid {type.Name}"));
        }
    }
}
