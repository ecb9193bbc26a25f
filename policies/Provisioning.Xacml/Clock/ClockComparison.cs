namespace Provisioning.Xacml;

/// <summary>Compares a value of the clock with another one, and notes when that comes out differently.</summary>
internal sealed class ClockComparison(ClockPart part, ComparisonTest test, Expression<Temporal> first, Expression<Temporal> second)
    : Expression<bool>(DataType.Boolean)
{
    private readonly Argument<Temporal> _first = new(first);
    private readonly Argument<Temporal> _second = new(second);
    private readonly ComparisonTest _mirrored = test.Mirrored;

    public override bool TryEvaluate(EvaluationContext context, out bool value)
    {
        value = false;
        if (!_first.TryEvaluate(context, out var a) || !_second.TryEvaluate(context, out var b)) return false;
        if (first.Moving is null) ChangeOfComparison.Note(context.Clock, part, b, a, _mirrored);
        else if (second.Moving is null) ChangeOfComparison.Note(context.Clock, part, a, b, test);
        else context.Clock.ChangesWithTheMinute();
        value = test.Holds(a.CompareTo(b));
        return true;
    }
}
