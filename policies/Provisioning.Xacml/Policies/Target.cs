namespace Provisioning.Xacml;

/// <summary>All AnyOf must hold; of each, one AllOf; of which, every match (7.7, tables 1 to 3).</summary>
internal sealed class Target(Match[][][] anyOfs)
{
    public static readonly Target Empty = new([]);

    // Without alternatives, all matches must hold, as if in one AllOf.
    private readonly Match[]? _all = Array.TrueForAll(anyOfs, anyOf => anyOf.Length == 1) ? [.. anyOfs.SelectMany(anyOf => anyOf[0])] : null;

    public ReadOnlySpan<Match[][]> AnyOfs => anyOfs;

    // A certain "no" outweighs an error: whatever the missing value, the whole cannot match.
    public TargetMatch Evaluate(EvaluationContext context)
    {
        if (_all is not null) return AllOf(_all, context);
        Failure? failure = null;
        foreach (var anyOf in anyOfs)
        {
            var match = AnyOf(anyOf, context);
            if (match == TargetMatch.NoMatch) return TargetMatch.NoMatch;
            if (match == TargetMatch.Indeterminate) failure ??= context.Failure;
        }

        return Outcome(context, failure, TargetMatch.Match);
    }

    private static TargetMatch AnyOf(Match[][] allOfs, EvaluationContext context)
    {
        Failure? failure = null;
        foreach (var allOf in allOfs)
        {
            var match = AllOf(allOf, context);
            if (match == TargetMatch.Match) return TargetMatch.Match;
            if (match == TargetMatch.Indeterminate) failure ??= context.Failure;
        }

        return Outcome(context, failure, TargetMatch.NoMatch);
    }

    private static TargetMatch AllOf(Match[] matches, EvaluationContext context)
    {
        Failure? failure = null;
        foreach (var one in matches)
        {
            var match = one.Evaluate(context);
            if (match == TargetMatch.NoMatch) return TargetMatch.NoMatch;
            if (match == TargetMatch.Indeterminate) failure ??= context.Failure;
        }

        return Outcome(context, failure, TargetMatch.Match);
    }

    // The first failure is the one to tell.
    private static TargetMatch Outcome(EvaluationContext context, Failure? failure, TargetMatch otherwise)
    {
        if (failure is null) return otherwise;
        context.Fail(failure);
        return TargetMatch.Indeterminate;
    }
}
