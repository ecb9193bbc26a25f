namespace Provisioning.Xacml;

/// <summary>Children and the algorithm that combines them.</summary>
internal sealed class Branch(CombiningAlgorithm algorithm, IReadOnlyList<Evaluable> children, IReadOnlyList<CombinerParameter> parameters)
{
    private static readonly Failure Contradiction = Failure.Processing("the policies contradict each other");
    private readonly Evaluable[] _children = [.. children];

    public ReadOnlySpan<Evaluable> Children => _children;

    public ExtendedDecision Combine(EvaluationContext context)
    {
        var mark = context.Contributions.Count;
        var combination = new Combination(context, _children, default, isFiltered: false, parameters);
        var decision = algorithm.Combine(ref combination);
        context.Contributions.Keep(mark, decision);
        if (decision.IsIndeterminate()) context.Fail(combination.FirstFailure ?? Contradiction);
        return decision;
    }
}
