namespace Provisioning.Xacml;

/// <summary>Children and the algorithm that combines them.</summary>
internal sealed class Branch(CombiningAlgorithm algorithm, IReadOnlyList<Evaluable> children, IReadOnlyList<CombinerParameter> parameters)
{
    private static readonly Failure Contradiction = Failure.Processing("the policies contradict each other");
    private readonly Evaluable[] _children = [.. children];

    /// <summary>What finds the children whose target may match; null if all are looked at.</summary>
    public TargetIndex? Finder { get; set; }

    public string AlgorithmId => algorithm.Id;

    /// <summary>Whether the children behind the first that applies do not count.</summary>
    public bool IsFirstApplicable => algorithm.Id.EndsWith(":first-applicable", StringComparison.Ordinal);

    /// <summary>Whether there is a decision whatever the children say.</summary>
    public bool NeverNotApplicable => algorithm.Id.EndsWith("-unless-permit", StringComparison.Ordinal) || algorithm.Id.EndsWith("-unless-deny", StringComparison.Ordinal);

    public ReadOnlySpan<Evaluable> Children => _children;

    /// <summary>Builds the index, when all references are resolved.</summary>
    /// <param name="program">What the policies share.</param>
    public void Index(PolicyProgram program)
    {
        if (algorithm.IgnoresNotApplicable) Finder = TargetIndexBuilder.Build(_children, mayLookAhead: program.AttributeProviders.Count == 0);
    }

    public ExtendedDecision Combine(EvaluationContext context)
    {
        // A trace shows the children too whose target does not match.
        if (Finder is null || context.Trace is not null) return Combine(context, new Combination(context, _children, parameters));
        var mark = context.Candidates.Count;
        Finder.Collect(context);
        var decision = Combine(context, new Combination(context, _children, context.Candidates.SortedSince(mark), parameters));
        context.Candidates.PopTo(mark);
        return decision;
    }

    private ExtendedDecision Combine(EvaluationContext context, Combination combination)
    {
        var mark = context.Contributions.Now;
        var decision = algorithm.Combine(ref combination);
        context.Contributions.Keep(mark, decision);
        if (decision.IsIndeterminate()) context.Fail(combination.FirstFailure ?? Contradiction);
        return decision;
    }
}
