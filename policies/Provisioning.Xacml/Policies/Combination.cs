namespace Provisioning.Xacml;

/// <summary>The children that a combining algorithm combines, in their order. The engine itself keeps the obligations and advice of those children
/// whose decision is the combined one, and the failure of the first that is Indeterminate.</summary>
public ref struct Combination
{
    private readonly EvaluationContext _context;
    private readonly Evaluable[] _children;
    private readonly ReadOnlySpan<int> _candidates;
    private readonly bool _isFiltered;

    internal Combination(EvaluationContext context, Evaluable[] children, IReadOnlyList<CombinerParameter> parameters)
    {
        _context = context;
        _children = children;
        Parameters = parameters;
    }

    /// <summary>Only some of the children, by their numbers.</summary>
    internal Combination(
        EvaluationContext context, Evaluable[] children, ReadOnlySpan<int> candidates, IReadOnlyList<CombinerParameter> parameters)
        : this(context, children, parameters)
    {
        _candidates = candidates;
        _isFiltered = true;
    }

    /// <summary>How many children there are.</summary>
    public readonly int Count => _isFiltered ? _candidates.Length : _children.Length;

    /// <summary>The combiner parameters of the policy or policy set.</summary>
    public IReadOnlyList<CombinerParameter> Parameters { get; }

    internal Failure? FirstFailure { get; private set; }

    /// <summary>Evaluates a child. Algorithms evaluate each child at most once.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <returns>Its decision.</returns>
    public ExtendedDecision Evaluate(int index)
    {
        var decision = Child(index).Evaluate(_context);
        if (decision.IsIndeterminate()) FirstFailure ??= _context.Failure;
        return decision;
    }

    /// <summary>Whether a child's target matches, without evaluating what is inside.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <returns>Whether it matches.</returns>
    public TargetMatch MatchTarget(int index)
    {
        var child = Child(index);
        var match = _context.Trace is null ? child.Target.Evaluate(_context) : Traced(child, _context.Trace);
        if (match == TargetMatch.Indeterminate) FirstFailure ??= _context.Failure;
        return match;
    }

    /// <summary>Says why the combined decision is Indeterminate, unless a child said so before.</summary>
    /// <param name="failure">What went wrong.</param>
    public void Fail(Failure failure) => FirstFailure ??= failure;

    internal readonly string Id(int index) => Child(index).Id;

    // A child that matches may be evaluated yet, and shows its target then.
    private readonly TargetMatch Traced(Evaluable child, TraceWriter trace)
    {
        child.Enter(trace);
        var match = child.Target.Evaluate(_context);
        trace.Target(match);
        if (match == TargetMatch.Match) trace.Abandon();
        else trace.Leave(match == TargetMatch.NoMatch ? ExtendedDecision.NotApplicable : ExtendedDecision.IndeterminateDP, _context.Failure);
        return match;
    }

    private readonly Evaluable Child(int index) => _children[_isFiltered ? _candidates[index] : index];
}
