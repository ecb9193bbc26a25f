using Provisioning.Core.Configuration;
using Provisioning.Core.Pipeline;

namespace Provisioning.Core.Targets;

/// <summary>Makes operations at one identity provider wait for their turn, by its rate and by the rate of their kind.</summary>
internal sealed class OperationPacer(IdentityProvider provider, IPace pace, bool ahead, TimeProvider time)
{
    // Reserved together, so that a fast target does not cost a round trip for each; few enough to be nobody's loss.
    private static readonly TimeSpan Chunk = TimeSpan.FromSeconds(0.2);

    // A start that was not used in time is lost: catching up would be a burst.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);

    private readonly Slots _turn = new(() => 1);
    private readonly Dictionary<string, Queue<DateTimeOffset>> _starts = new(StringComparer.Ordinal);

    public async Task WaitAsync(ConnectorOperation operation, CancellationToken cancellationToken)
    {
        var name = operation.Rate().Name();
        if (provider.Limits.PerOperation.TryGetValue(name, out var own))
            await WaitAsync($"{provider.Name}/{name}", own, cancellationToken);
        if (provider.Limits.RequestsPerSecond is { } all)
            await WaitAsync(provider.Name, all, cancellationToken);
    }

    private async Task WaitAsync(string key, double perSecond, CancellationToken cancellationToken)
    {
        var start = await NextAsync(key, perSecond, cancellationToken);
        var wait = start - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
    }

    private async Task<DateTimeOffset> NextAsync(string key, double perSecond, CancellationToken cancellationToken)
    {
        await _turn.EnterAsync();
        try
        {
            if (!_starts.TryGetValue(key, out var starts))
                _starts[key] = starts = [];
            while (starts.TryDequeue(out var reserved))
                if (reserved >= time.GetUtcNow() - Tolerance)
                    return reserved;

            var count = ahead ? 1 : Math.Max(1, (int)(perSecond * Chunk.TotalSeconds));
            var wait = await pace.ReserveAsync(key, perSecond, count, ahead, cancellationToken);
            var first = time.GetUtcNow() + wait;
            for (var i = 1; i < count; i++)
                starts.Enqueue(first + TimeSpan.FromSeconds(i / perSecond));
            return first;
        }
        finally
        {
            _turn.Leave();
        }
    }
}
