namespace Provisioning.Plugins.Isolation;

/// <summary>Cancels when the caller does or when the deadline has come.</summary>
internal sealed class CallLimit : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _either;

    public CallLimit(DateTimeOffset deadline, TimeProvider time, CancellationToken caller)
    {
        var left = deadline - time.GetUtcNow();
        _deadline = new(left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestWait ? LongestWait : left, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _deadline.Token);
    }

    public CancellationToken Token => _either.Token;

    public void Dispose()
    {
        _either.Dispose();
        _deadline.Dispose();
    }
}
