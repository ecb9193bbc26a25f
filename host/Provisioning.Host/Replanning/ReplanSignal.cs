namespace Provisioning.Host.Replanning;

/// <summary>Says that there may be something to plan again. Many signals before somebody looks are one.</summary>
internal sealed class ReplanSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // One is waiting already; whoever looks will see this change too.
        }
    }

    /// <summary>Returns when raised, or when the time is over.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _raised.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _raised.Dispose();
}
