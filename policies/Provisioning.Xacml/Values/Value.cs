namespace Provisioning.Xacml;

/// <summary>A typed value. Equality is that of the data type, not of the lexical form.</summary>
internal sealed class Value(DataType type, object native, string? text = null) : IEquatable<Value>
{
    public static readonly Value True = new(DataType.Boolean, true);
    public static readonly Value False = new(DataType.Boolean, false);

    public DataType Type => type;

    public object Native => native;

    public string Text => text ?? type.Format(native);

    public static Value Of(bool flag) => flag ? True : False;

    public bool Equals(Value? other) => other is not null && other.Type == type && native.Equals(other.Native);

    public override bool Equals(object? obj) => Equals(obj as Value);

    public override int GetHashCode() => native.GetHashCode();
}
