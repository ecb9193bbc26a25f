using System.Collections.Frozen;

namespace Provisioning.Xacml;

/// <summary>A match by equality with a literal, by which an index can find it.</summary>
internal abstract class KeyedMatch(Expression bag) : Match
{
    /// <summary>Where the values come from, if that is an attribute.</summary>
    public IDesignator? Designator { get; } = bag as IDesignator;

    /// <summary>The literal, to count different ones.</summary>
    public abstract object BoxedKey { get; }

    /// <summary>Splits children by the values of an attribute that they all have a match on.</summary>
    public abstract TargetIndex Split(
        AttributeSlot slot, List<int> children, TargetKeys[] keys, Func<List<int>, TargetIndex> inner, TargetIndex? others);
}

/// <summary>A match by equality, with the CLR type of the literal.</summary>
internal abstract class KeyedMatch<T>(T literal, Expression<Bag<T>> bag) : KeyedMatch(bag)
    where T : notnull
{
    public T Literal => literal;

    public override object BoxedKey => literal;

    public override TargetIndex Split(
        AttributeSlot slot, List<int> children, TargetKeys[] keys, Func<List<int>, TargetIndex> inner, TargetIndex? others)
    {
        var byValue = new Dictionary<T, List<int>>();
        var whenMissing = new List<int>();
        foreach (var child in children)
        {
            foreach (var match in keys[child].Of(slot))
            {
                var value = ((KeyedMatch<T>)match).Literal;
                if (!byValue.TryGetValue(value, out var same)) byValue.Add(value, same = []);
                if (same.Count == 0 || same[^1] != child) same.Add(child);
                if (match.Designator!.MustBePresent && (whenMissing.Count == 0 || whenMissing[^1] != child)) whenMissing.Add(child);
            }
        }

        var inside = byValue.ToFrozenDictionary(pair => pair.Key, pair => inner(pair.Value));
        return new TargetSplit<T>(slot, inside, [.. children], [.. whenMissing], others);
    }
}

/// <summary>A match by equality of any type.</summary>
internal sealed class EqualityMatch<T>(T literal, Expression<Bag<T>> bag) : KeyedMatch<T>(literal, bag)
    where T : notnull
{
    private readonly Expression<Bag<T>> _bag = bag;

    public override TargetMatch Evaluate(EvaluationContext context)
    {
        if (!_bag.TryEvaluate(context, out var values)) return TargetMatch.Indeterminate;
        foreach (var value in values.Values)
        {
            if (EqualityComparer<T>.Default.Equals(value, Literal)) return TargetMatch.Match;
        }

        return TargetMatch.NoMatch;
    }
}

/// <summary>A match by equality of text: nearly every match is one, so that it has the shortest way.</summary>
internal sealed class StringMatch(string literal, Expression<Bag<string>> bag) : KeyedMatch<string>(literal, bag)
{
    private readonly Expression<Bag<string>> _bag = bag;

    public override TargetMatch Evaluate(EvaluationContext context)
    {
        if (!_bag.TryEvaluate(context, out var values)) return TargetMatch.Indeterminate;
        foreach (var value in values.Values)
        {
            if (value == Literal) return TargetMatch.Match;
        }

        return TargetMatch.NoMatch;
    }
}
