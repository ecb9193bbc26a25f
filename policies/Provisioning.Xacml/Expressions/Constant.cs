namespace Provisioning.Xacml;

/// <summary>A literal value, parsed at load.</summary>
internal sealed class Constant(Value value) : Expression
{
    public Value Value => value;

    public override ExpressionType Type => value.Type;

    public override object Evaluate(EvaluationContext context) => value;
}
