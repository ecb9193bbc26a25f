namespace Provisioning.Xacml;

/// <summary>Goes through all combinations of the values of bags, the last bag fastest, by the cursors of the context.</summary>
internal ref struct BagWalk(EvaluationContext context, int count)
{
    private bool _started;

    public bool TryStart(Expression[] arguments)
    {
        // Arguments may walk bags of their own, so that the cursors are set only when all are known.
        var bags = new Bag[count];
        for (var i = 0; i < count; i++)
        {
            if (!arguments[i].TryGetBag(context, out bags[i])) return false;
        }

        context.EnsureCursors(count);
        for (var i = 0; i < count; i++) context.Cursors[i] = new() { Bag = bags[i] };
        return true;
    }

    public bool MoveNext()
    {
        if (!_started)
        {
            _started = true;
            for (var i = 0; i < count; i++)
            {
                if (context.Cursors[i].Bag!.Count == 0) return false;
            }

            return true;
        }

        for (var i = count - 1; i >= 0; i--)
        {
            ref var cursor = ref context.Cursors[i];
            if (++cursor.Position < cursor.Bag!.Count) return true;
            cursor.Position = 0;
        }

        return false;
    }
}
