using System.Runtime.CompilerServices;
using Provisioning.Connectors;
using Provisioning.Plugins.Isolation;

namespace Provisioning.Plugins.Calls;

/// <summary>
/// Keeps the faults of a plugin's code away from the host: a call that ignores its deadline is cut off, what is thrown becomes a
/// failure the host knows and carries no type of the plugin's, and a plugin that only fails for an identity provider is left alone by that one for a while.
/// </summary>
internal sealed class GuardedRoute(ICallRoute inner, CallerHealth health, TimeProvider time, Action? released = null) : ICallRoute
{
    /// <summary>How long a call may take to notice that it is cancelled.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private int _disposed;

    public bool NamesAreUnique => inner.NamesAreUnique;

    public IReadOnlyCollection<Type> Capabilities => inner.Capabilities;

    public Task<CallResult> CallAsync(ConnectorCall call, OperationContext context, CancellationToken cancellationToken)
    {
        health.ThrowIfQuarantined();
        return RunAsync(() => inner.CallAsync(call, context, cancellationToken), context, cancellationToken);
    }

    public async IAsyncEnumerable<CallResult> StreamAsync(
        ConnectorCall call, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        health.ThrowIfQuarantined();
        var elements = inner.StreamAsync(call, context, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await RunAsync(() => elements.MoveNextAsync().AsTask(), context, cancellationToken))
                yield return elements.Current;
        }
        finally
        {
            await LeaveAsync(elements);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await LeaveAsync(inner);
        released?.Invoke();
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> call, OperationContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Off the caller's thread: a call that blocks would take the caller with it.
        var work = Task.Run(call, CancellationToken.None);
        try
        {
            var result = await WaitAsync(work, context, cancellationToken);
            health.Worked();
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (ConnectorException failure)
        {
            if (work.IsCompleted)
                health.Worked();
            throw Translated(failure);
        }
        catch (Exception exception)
        {
            health.Failed(exception);
            throw new ConnectorException(FailureKind.Ambiguous, $"the connector failed with {Words(exception)}");
        }
    }

    private async Task<T> WaitAsync<T>(Task<T> work, OperationContext context, CancellationToken cancellationToken)
    {
        var left = context.Deadline - time.GetUtcNow();
        left = left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestWait ? LongestWait : left;
        try
        {
            return await work.WaitAsync(left, time, cancellationToken);
        }
        catch (Exception exception) when (!work.IsCompleted && exception is TimeoutException or OperationCanceledException)
        {
            return await GiveUpAsync(work);
        }
    }

    // It was told to stop, and gets a moment to say what became of the call.
    private async Task<T> GiveUpAsync<T>(Task<T> work)
    {
        try
        {
            return await work.WaitAsync(Grace, time);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            health.Hangs(work);
            throw new ConnectorException(
                FailureKind.Ambiguous, $"the connector did not return within {Grace.TotalSeconds:0} seconds of being cancelled and was cut off");
        }
    }

    private static string Words(Exception exception) =>
        exception is UnexpectedChildException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";

    // The cause may be of a type of the plugin's own, and would keep its code in memory.
    private static ConnectorException Translated(ConnectorException failure) =>
        new(failure.Kind, failure.Message) { RetryAfter = failure.RetryAfter, TargetCode = failure.TargetCode };

    private async Task LeaveAsync(IAsyncDisposable leaving)
    {
        var work = Task.Run(async () => await leaving.DisposeAsync());
        try
        {
            await work.WaitAsync(Grace, time);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            health.Hangs(work);
        }
        catch (NotSupportedException) when (leaving is IAsyncEnumerator<CallResult>)
        {
            // Cut off in the middle of a step, which is counted already.
        }
        catch (Exception exception)
        {
            health.Failed(exception);
        }
    }
}
