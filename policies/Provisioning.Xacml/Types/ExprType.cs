namespace Provisioning.Xacml;

/// <summary>The static type of an expression.</summary>
internal readonly record struct ExprType(DataType Type, bool IsBag = false)
{
    public override string ToString() => IsBag ? $"bag of {Type.Name}" : Type.Name;
}
