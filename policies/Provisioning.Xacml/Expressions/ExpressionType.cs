namespace Provisioning.Xacml;

/// <summary>The static type of an expression: a value or a bag of values.</summary>
internal readonly record struct ExpressionType(DataType Type, bool IsBag)
{
    public static implicit operator ExpressionType(DataType type) => new(type, false);

    public static ExpressionType BagOf(DataType type) => new(type, true);

    public override string ToString() => IsBag ? $"bag of {Type.Name}" : Type.Name;
}
