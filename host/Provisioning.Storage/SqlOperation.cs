namespace Provisioning.Storage;

/// <summary>Work that waits for its turn. The caller learns the outcome only after the commit.</summary>
internal abstract class SqlOperation
{
    /// <summary>Set if this operation alone failed.</summary>
    public Exception? Failure { get; set; }

    public long Queued { get; } = Environment.TickCount64;

    public abstract void Run(SqlSession session);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

internal sealed class SqlOperation<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) : SqlOperation
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    public override void Run(SqlSession session)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _result = work(session);
    }

    public override void Complete()
    {
        if (Failure is null)
            _done.TrySetResult(_result!);
        else
            Fail(Failure);
    }

    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException cancelled)
            _done.TrySetCanceled(cancelled.CancellationToken);
        else
            _done.TrySetException(exception);
    }
}
