namespace Provisioning.Xacml;

/// <summary>Whether a target matches; an error leaves it open.</summary>
internal readonly record struct MatchResult(bool Matches, Status? Error)
{
    public static readonly MatchResult Yes = new(true, null);
    public static readonly MatchResult No = new(false, null);
}

/// <summary>All AnyOf must hold; of each, one AllOf; of which, every match.</summary>
internal sealed class Target(Match[][][] anyOfs)
{
    public static readonly Target Empty = new([]);

    public MatchResult Evaluate(EvaluationContext context) => All(anyOfs, anyOf => Any(anyOf, allOf => All(allOf, match => match.Evaluate(context))));

    // A certain "no" outweighs an error: whatever the missing value, the whole cannot match.
    private static MatchResult All<T>(T[] items, Func<T, MatchResult> evaluate)
    {
        Status? error = null;
        foreach (var item in items)
        {
            var result = evaluate(item);
            if (result.Error is not null) error ??= result.Error;
            else if (!result.Matches) return MatchResult.No;
        }

        return error is null ? MatchResult.Yes : new(false, error);
    }

    private static MatchResult Any<T>(T[] items, Func<T, MatchResult> evaluate)
    {
        Status? error = null;
        foreach (var item in items)
        {
            var result = evaluate(item);
            if (result.Error is not null) error ??= result.Error;
            else if (result.Matches) return MatchResult.Yes;
        }

        return new(false, error);
    }
}
