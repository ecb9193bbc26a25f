namespace Provisioning.Xacml;

/// <summary>A named expression of a policy.</summary>
internal sealed class VariableDefinition(string id, Expression expression)
{
    public string Id => id;

    public Expression Expression => expression;
}
