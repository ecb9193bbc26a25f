namespace Provisioning.Xacml;

/// <summary>A data type: how its values are read, written and compared.</summary>
internal sealed class DataType(string uri, string name, Func<string, object?> parse, Func<object, string>? format = null)
{
    public string Uri { get; } = uri;

    /// <summary>The stem of the function names: "string" in "string-equal".</summary>
    public string Name { get; } = name;

    public Func<object, object, EvaluationContext, bool>? Equality { get; init; }

    /// <summary>Only strings keep their white space (xs:string has whiteSpace=preserve; the others collapse).</summary>
    public bool KeepsWhiteSpace { get; init; }

    public object? TryParse(string text) => parse(KeepsWhiteSpace ? text : text.Trim());

    public string Format(object value) => format is null ? value.ToString()! : format(value);

    public bool AreEqual(object left, object right, EvaluationContext context) =>
        Equality is null ? left.Equals(right) : Equality(left, right, context);

    public override string ToString() => Name;
}
