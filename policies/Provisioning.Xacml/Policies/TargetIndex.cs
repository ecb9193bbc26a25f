namespace Provisioning.Xacml;

/// <summary>Finds the children whose target may match. What it leaves out certainly does not match: in one of the AnyOf of its target, every AllOf
/// compares the same attribute with literals that the request does not have. Everything else, errors too, is for the child itself to find.</summary>
internal abstract class TargetIndex
{
    /// <summary>Pushes the children to look at, in any order and perhaps repeatedly.</summary>
    public abstract void Collect(EvaluationContext context);
}

/// <summary>Children that are always to be looked at.</summary>
internal sealed class TargetList(int[] children) : TargetIndex
{
    private readonly int _only = children.Length == 1 ? children[0] : -1;

    public override void Collect(EvaluationContext context)
    {
        if (_only >= 0) context.Candidates.Push([_only]);
        else context.Candidates.Push(children);
    }
}

/// <summary>Two ways to the same children; the values that a request has decide which is shorter.</summary>
internal sealed class TargetChoice(AttributeSplit first, AttributeSplit second) : TargetIndex
{
    public override void Collect(EvaluationContext context)
    {
        var shorter = first.Expected(context) <= second.Expected(context) ? first : second;
        shorter.Collect(context);
    }
}
