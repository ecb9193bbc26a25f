namespace Provisioning.Core.Pipeline;

/// <summary>Spaces starts evenly, so that no second sees more than the rate.</summary>
internal sealed class Pacer(double? perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next = time.GetUtcNow();

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (perSecond is not { } rate)
            return;
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var start = _next > now ? _next : now;
            _next = start + TimeSpan.FromSeconds(1 / rate);
            wait = start - now;
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
    }
}
