namespace Provisioning.Connectors.Csv;

/// <summary>One operation that waits for its commit.</summary>
internal abstract class FileWork<TTable>(bool writes)
{
    public bool Writes => writes;

    /// <summary>Does it on the table, and keeps what came out until the commit.</summary>
    public abstract void Apply(TTable table);

    /// <summary>Tells the caller what came out.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing came of it.</summary>
    public abstract void Fail(ConnectorException failure);
}

/// <inheritdoc />
internal sealed class FileWork<TTable, T>(Func<TTable, T> apply, bool writes, CancellationToken cancellationToken) : FileWork<TTable>(writes)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _refusal;

    public Task<T> Task => _done.Task;

    public override void Apply(TTable table)
    {
        try
        {
            // From here on the operation is part of the batch: cancelling later would leave its outcome unknown.
            cancellationToken.ThrowIfCancellationRequested();
            _result = apply(table);
        }
        catch (Exception e) when (e is ConnectorException or OperationCanceledException)
        {
            _refusal = e;
        }
        catch (Exception e)
        {
            // Operations change the table as their last step, so one that breaks down fails alone.
            _refusal = new ConnectorException(FailureKind.Rejected, $"the account cannot be written: {e.Message.TrimEnd('.')}", e);
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
