namespace Provisioning.Connectors.Csv;

/// <summary>
/// Commits in groups: what is asked for while the file is being written waits, and is written together by the next rewrite.
/// Nobody hears of a success before it is on disk.
/// </summary>
internal sealed class FileStore<TTable>(AccountFile<TTable> file) : IAsyncDisposable
    where TTable : class
{
    private readonly Lock _gate = new();
    private List<Work> _waiting = [];
    private Task _drain = Task.CompletedTask;
    private bool _running;
    private bool _closed;

    /// <summary>Runs an operation on the table; its result says whether the table changed.</summary>
    public Task<T> RunAsync<T>(Func<TTable, (T Result, bool Changed)> apply, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var work = new Work<T>(apply, cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.Add(work);
            if (!_running)
            {
                _running = true;
                _drain = Task.Run(Drain, CancellationToken.None);
            }
        }

        return work.Task;
    }

    public async ValueTask DisposeAsync()
    {
        Task drain;
        lock (_gate)
        {
            _closed = true;
            drain = _drain;
        }

        await drain;
    }

    private void Drain()
    {
        while (true)
        {
            List<Work> batch;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _running = false;
                    return;
                }

                batch = _waiting;
                _waiting = [];
            }

            Commit(batch);
        }
    }

    private void Commit(List<Work> batch)
    {
        try
        {
            var table = file.Current();
            var changed = false;
            foreach (var work in batch)
                changed |= work.Apply(table);
            if (changed)
                file.Save();
        }
        catch (Exception e)
        {
            // Even answers that changed nothing may rest on changes that are lost now, so the whole batch fails.
            file.Revert();
            var failure = Translate(e);
            foreach (var work in batch)
                work.Fail(failure);
            return;
        }

        foreach (var work in batch)
            work.Complete();
    }

    private ConnectorException Translate(Exception e) => e switch
    {
        ConnectorException failure => failure,
        UnauthorizedAccessException => new(FailureKind.Unauthorized, $"no permission to use the file '{file.Path}'", e),
        IOException => new(FailureKind.Transient, $"the file '{file.Path}' cannot be read or written: {e.Message.TrimEnd('.')}", e),
        _ => new(FailureKind.Rejected, $"the file '{file.Path}' cannot be processed: {e.Message.TrimEnd('.')}", e),
    };

    private abstract class Work
    {
        public abstract bool Apply(TTable table);

        public abstract void Complete();

        public abstract void Fail(ConnectorException failure);
    }

    private sealed class Work<T>(Func<TTable, (T Result, bool Changed)> apply, CancellationToken cancellationToken) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _refusal;

        public Task<T> Task => _done.Task;

        public override bool Apply(TTable table)
        {
            // From here on the operation is part of the batch: cancelling later would leave its outcome unknown.
            if (cancellationToken.IsCancellationRequested)
            {
                _refusal = new OperationCanceledException(cancellationToken);
                return false;
            }

            try
            {
                (_result, var changed) = apply(table);
                return changed;
            }
            catch (ConnectorException e)
            {
                _refusal = e;
                return false;
            }
            catch (Exception e)
            {
                // Operations change the table as their last step, so one that breaks down fails alone.
                _refusal = new ConnectorException(FailureKind.Rejected, $"the account cannot be written: {e.Message.TrimEnd('.')}", e);
                return false;
            }
        }

        public override void Complete()
        {
            if (_refusal is OperationCanceledException)
                _done.TrySetCanceled(cancellationToken);
            else if (_refusal is not null)
                _done.TrySetException(_refusal);
            else
                _done.TrySetResult(_result!);
        }

        // Each caller gets its own exception object; a shared one would mix their stack traces.
        public override void Fail(ConnectorException failure) =>
            _done.TrySetException(new ConnectorException(failure.Kind, failure.Message, failure.InnerException));
    }
}
