namespace Provisioning.Core.Pipeline;

/// <summary>Lets in as many at a time as a limit says that may change.</summary>
internal sealed class Slots(Func<int> limit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    public int Taken
    {
        get
        {
            lock (_lock)
                return _taken;
        }
    }

    public Task EnterAsync()
    {
        lock (_lock)
        {
            if (_taken < limit())
            {
                _taken++;
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.AddLast(turn);
            return turn.Task;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _taken--;
            while (_waiting.First is { } first && _taken < limit())
            {
                _waiting.RemoveFirst();
                _taken++;
                first.Value.SetResult();
            }

            _left.SetResult();
            _left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Completes when one leaves; at once if nobody is in.</summary>
    public Task AnyLeavesAsync()
    {
        lock (_lock)
            return _taken == 0 ? Task.CompletedTask : _left.Task;
    }

    public async Task EmptyAsync()
    {
        while (Taken > 0)
            await AnyLeavesAsync();
    }
}
