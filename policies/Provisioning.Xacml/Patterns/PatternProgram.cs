namespace Provisioning.Xacml;

/// <summary>One step of a pattern that was taken apart: a set of characters to be in, or a choice of where to go on.</summary>
/// <param name="Set">What the next character must be in; null for the other kinds.</param>
/// <param name="Anchor">Where in the text the step must be; null if that does not matter.</param>
/// <param name="Next">Where to go on.</param>
/// <param name="Other">Where else to go on; -1 if nowhere.</param>
internal readonly record struct PatternStep(CodePoints? Set, bool? Anchor, int Next, int Other);

/// <summary>A pattern without back-references as steps between which it does not matter what came before: they are followed all at once, so that the time
/// it takes is bounded by the length of the text. For text with characters beyond the basic plane, whose classes are far too large for .NET's engine.</summary>
internal sealed class PatternProgram
{
    // So many steps take a second or less.
    private const long MaxSteps = 20_000_000;
    private readonly List<PatternStep> _steps = [];
    private readonly int _start;

    public PatternProgram(PatternNode pattern)
    {
        // Built from the end, so that each step knows where to go on.
        _steps.Add(new(null, null, -1, -1));
        _start = Add(pattern, 0);
    }

    /// <summary>Whether a part of the text matches.</summary>
    public Result<bool> IsMatch(string text)
    {
        var (now, next) = (new Places(_steps.Count), new Places(_steps.Count));
        var taken = 0L;
        for (var at = 0; ; at += char.IsSurrogatePair(text, at) ? 2 : 1)
        {
            if (Follow(now, _start, at, text.Length)) return true;
            if (at == text.Length) return false;
            var character = char.IsSurrogatePair(text, at) ? char.ConvertToUtf32(text, at) : text[at];
            taken += now.Count;
            if (taken > MaxSteps) return Failure.Limit("the pattern takes more steps over this text than the limit allows");
            next.Clear();
            for (var i = 0; i < now.Count; i++)
            {
                var step = _steps[now[i]];
                if (step.Set is not null && step.Set.Contains(character) && Follow(next, step.Next, at + (character > char.MaxValue ? 2 : 1), text.Length)) return true;
            }

            (now, next) = (next, now);
        }
    }

    // Adds a step and all that it leads to without a character; answers whether the end is among it.
    private bool Follow(Places places, int step, int at, int length)
    {
        var first = places.Count;
        places.Add(step);
        for (var i = first; i < places.Count; i++)
        {
            var one = _steps[places[i]];
            if (one.Set is not null) continue;
            if (one.Next < 0) return true;
            if (one.Anchor is { } isStart && at != (isStart ? 0 : length)) continue;
            places.Add(one.Next);
            if (one.Other >= 0) places.Add(one.Other);
        }

        return false;
    }

    private int Add(PatternNode node, int next)
    {
        switch (node)
        {
            case OneOf one: return Add(new PatternStep(one.Class.Set, null, next, -1));
            case Anchor anchor: return Add(new PatternStep(null, anchor.IsStart, next, -1));
            case InOrder sequence:
                for (var i = sequence.Items.Count - 1; i >= 0; i--) next = Add(sequence.Items[i], next);
                return next;
            case EitherOf choice:
                var start = Add(choice.Items[^1], next);
                for (var i = choice.Items.Count - 2; i >= 0; i--) start = Add(new PatternStep(null, null, Add(choice.Items[i], next), start));
                return start;
            case Repeated repeated: return Add(repeated, next);
            default: throw new InvalidOperationException("a pattern with back-references cannot be taken apart");
        }
    }

    private int Add(Repeated repeated, int next)
    {
        if (repeated.Most is { } most)
        {
            var end = next;
            for (var i = repeated.Least; i < most; i++) next = Add(new PatternStep(null, null, Add(repeated.Item, next), end));
        }
        else
        {
            var loop = Add(default(PatternStep));
            _steps[loop] = new(null, null, Add(repeated.Item, loop), next);
            next = loop;
        }

        for (var i = 0; i < repeated.Least; i++) next = Add(repeated.Item, next);
        return next;
    }

    private int Add(PatternStep step)
    {
        _steps.Add(step);
        return _steps.Count - 1;
    }

    /// <summary>A set of steps, each at most once, in the order in which they were added.</summary>
    private sealed class Places(int most)
    {
        private readonly int[] _items = new int[most];
        private readonly int[] _rounds = new int[most];
        private int _round = 1;

        public int Count { get; private set; }

        public int this[int index] => _items[index];

        public void Add(int step)
        {
            if (_rounds[step] == _round) return;
            _rounds[step] = _round;
            _items[Count++] = step;
        }

        public void Clear()
        {
            Count = 0;
            _round++;
        }
    }
}
