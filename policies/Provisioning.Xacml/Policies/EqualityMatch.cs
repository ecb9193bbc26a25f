namespace Provisioning.Xacml;

/// <summary>A match by equality, which an index can find by the literal.</summary>
internal abstract class KeyedMatch(Expression bag) : Match
{
    /// <summary>The attribute that is compared; null if the values come from elsewhere.</summary>
    public IDesignator? Designator => bag as IDesignator;
}

/// <summary>A match by equality of any type.</summary>
internal sealed class EqualityMatch<T>(T literal, Expression<Bag<T>> bag) : KeyedMatch(bag), IKeyed<T>
    where T : notnull
{
    public T Key => literal;

    public override TargetMatch Evaluate(EvaluationContext context)
    {
        if (!bag.TryEvaluate(context, out var values)) return TargetMatch.Indeterminate;
        foreach (var value in values.Values)
        {
            if (EqualityComparer<T>.Default.Equals(value, literal)) return TargetMatch.Match;
        }

        return TargetMatch.NoMatch;
    }
}

/// <summary>A match by equality of text: nearly every match is one, so that it has the shortest way.</summary>
internal sealed class StringMatch(string literal, Expression<Bag<string>> bag) : KeyedMatch(bag), IKeyed<string>
{
    public string Key => literal;

    public override TargetMatch Evaluate(EvaluationContext context)
    {
        if (!bag.TryEvaluate(context, out var values)) return TargetMatch.Indeterminate;
        foreach (var value in values.Values)
        {
            if (value == literal) return TargetMatch.Match;
        }

        return TargetMatch.NoMatch;
    }
}

/// <summary>The literal of a match by equality.</summary>
internal interface IKeyed<out T>
{
    T Key { get; }
}
