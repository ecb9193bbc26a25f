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
    public abstract AttributeSplit Split(
        AttributeSlot slot, List<int> children, TargetKeys[] keys, Func<List<int>, TargetIndex> inner, (TargetIndex? Index, int Count) others);
}

/// <summary>A match by equality, with the CLR type of the literal.</summary>
internal abstract class KeyedMatch<T>(T literal, Expression<Bag<T>> bag) : KeyedMatch(bag)
    where T : notnull
{
    public T Literal => literal;

    public override object BoxedKey => literal;

    public sealed override AttributeSplit Split(
        AttributeSlot slot, List<int> children, TargetKeys[] keys, Func<List<int>, TargetIndex> inner, (TargetIndex? Index, int Count) others)
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

        var inside = byValue.Select(pair => KeyValuePair.Create(pair.Key, inner(pair.Value))).ToList();
        return Split(new(slot, [.. children], [.. whenMissing], inside.Count, others.Count), inside, others.Index);
    }

    protected abstract AttributeSplit Split(KeyedChildren keyed, List<KeyValuePair<T, TargetIndex>> byValue, TargetIndex? others);
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

    protected override AttributeSplit Split(KeyedChildren keyed, List<KeyValuePair<T, TargetIndex>> byValue, TargetIndex? others) =>
        new ValueSplit<T>(keyed, byValue.ToFrozenDictionary(), others);
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

    protected override AttributeSplit Split(KeyedChildren keyed, List<KeyValuePair<string, TargetIndex>> byValue, TargetIndex? others) =>
        new TextSplit(keyed, new(byValue), others);
}
