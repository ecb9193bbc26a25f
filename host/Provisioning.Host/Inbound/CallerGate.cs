using System.Collections.Concurrent;

namespace Provisioning.Host.Inbound;

/// <summary>Lets so many requests of each service provider go on at a time. The others of the same one wait; those of other service providers do not.</summary>
internal sealed class CallerGate(int atATime)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>Waits for a place, which is free again when it is disposed.</summary>
    public async Task<IDisposable> EnterAsync(string serviceProvider, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(serviceProvider, _ => new SemaphoreSlim(atATime));
        await gate.WaitAsync(cancellationToken);
        return new Place(gate);
    }

    private sealed class Place(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
