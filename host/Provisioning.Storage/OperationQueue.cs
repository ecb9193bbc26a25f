namespace Provisioning.Storage;

/// <summary>
/// Operations that wait for one of the threads that do them. What a caller waits for goes ahead, without the others at first, and while
/// there are callers the others come in small batches: who comes next waits for the end of the batch that is under way.
/// </summary>
internal sealed class OperationQueue
{
    private const int SmallBatch = 8;

    private static readonly TimeSpan CallersStay = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly Queue<SqlOperation> _ahead = [];
    private readonly Queue<SqlOperation> _others = [];
    private readonly int[] _waiting = new int[Enum.GetValues<OperationTaker>().Length];
    private long _lastAhead = -(long)CallersStay.TotalMilliseconds;
    private bool _othersWait;
    private bool _closed;

    /// <summary>The task of an operation that was taken in, or a failed one.</summary>
    public Task<T> Add<T>(Func<SqlSession, T> work, bool ahead, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var operation = new SqlOperation<T>(work, cancellationToken);
        lock (_lock)
        {
            if (_closed)
                return Task.FromException<T>(new ObjectDisposedException(nameof(ProvisioningStorage)));
            (ahead ? _ahead : _others).Enqueue(operation);
            Monitor.Pulse(_lock);
        }

        return operation.Task;
    }

    /// <summary>Waits until there is something to do and puts it into the batch. False when the queue is closed and has nothing for this taker.</summary>
    /// <param name="batch">Filled.</param>
    /// <param name="max">Operations in a batch.</param>
    /// <param name="taker">What it takes.</param>
    public bool Take(List<SqlOperation> batch, int max, OperationTaker taker = OperationTaker.Any)
    {
        batch.Clear();
        lock (_lock)
        {
            while (_ahead.Count == 0 && (_others.Count == 0 || !TakesOthers(taker)))
            {
                if (_closed)
                    return false;
                Wait(taker);
            }

            var callers = _ahead.Count > 0;
            if (callers)
                _lastAhead = Environment.TickCount64;

            // Callers go alone, but never twice in a row: a flood of them, however many, leaves room for the others in every second batch.
            var shared = TakesOthers(taker) && (!callers || _othersWait);
            Fill(batch, _ahead, shared ? max / 2 : max);
            if (shared)
                Fill(batch, _others, AreCallersThere ? Math.Min(max, batch.Count + SmallBatch) : max);
            if (taker == OperationTaker.Any)
                _othersWait = !shared && _others.Count > 0;
            return true;
        }
    }

    /// <summary>Nothing is taken in any more; what is there is still done.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.PulseAll(_lock);
        }
    }

    private bool AreCallersThere => Environment.TickCount64 - _lastAhead < CallersStay.TotalMilliseconds;

    private bool TakesOthers(OperationTaker taker) => taker switch
    {
        OperationTaker.Any => true,
        OperationTaker.StandsBack => !AreCallersThere,
        _ => false,
    };

    private void Wait(OperationTaker taker)
    {
        // Woken for what is not for this one: another one that waits is to have it. They are woken in the order in which they began to wait.
        if (_others.Count > 0 && _waiting[(int)OperationTaker.Any] + (AreCallersThere ? 0 : _waiting[(int)OperationTaker.StandsBack]) > 0)
            Monitor.Pulse(_lock);
        _waiting[(int)taker]++;

        // Nobody says when the callers are gone.
        Monitor.Wait(_lock, taker == OperationTaker.StandsBack && _others.Count > 0 ? CallersStay : Timeout.InfiniteTimeSpan);
        _waiting[(int)taker]--;
    }

    private static void Fill(List<SqlOperation> batch, Queue<SqlOperation> queue, int max)
    {
        while (batch.Count < max && queue.TryDequeue(out var operation))
            batch.Add(operation);
    }
}
