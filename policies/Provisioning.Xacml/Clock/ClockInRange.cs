namespace Provisioning.Xacml;

/// <summary>Asks whether a time of day lies in a range, and notes when that comes out differently.</summary>
internal sealed class ClockInRange(Expression<Temporal> time, Expression<Temporal> from, Expression<Temporal> to) : Expression<bool>(DataType.Boolean)
{
    private readonly Argument<Temporal> _time = new(time);
    private readonly Argument<Temporal> _from = new(from);
    private readonly Argument<Temporal> _to = new(to);
    private readonly bool _isPlain = from.Moving is null && to.Moving is null;

    public override bool TryEvaluate(EvaluationContext context, out bool value)
    {
        value = false;
        if (!_time.TryEvaluate(context, out var at) || !_from.TryEvaluate(context, out var start) || !_to.TryEvaluate(context, out var end)) return false;
        var (since, length) = at.Within(start, end);
        if (_isPlain) ChangeOfComparison.NoteRange(context.Clock, at, since, length);
        else context.Clock.ChangesWithTheMinute();
        value = since <= length;
        return true;
    }
}
