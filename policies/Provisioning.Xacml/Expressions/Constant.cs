using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>A value that is known when the policy is compiled.</summary>
internal sealed class Constant<T>(IExpressionType<T> type, T value) : Expression<T>(type)
    where T : notnull
{
    private readonly Bag _bag = type.ToBag(value);

    public T Value => value;

    public override bool IsConstant => true;

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out T result)
    {
        result = value;
        return true;
    }

    public override bool TryGetBag(EvaluationContext context, out Bag bag)
    {
        bag = _bag;
        return true;
    }

    public override Expression Fold(EvaluationContext context) => this;
}
