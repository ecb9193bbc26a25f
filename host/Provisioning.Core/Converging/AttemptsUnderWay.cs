using System.Collections.Concurrent;

namespace Provisioning.Core.Converging;

/// <summary>The attempts that run on this host, so that callers who wait for one hear of its end at once.</summary>
public sealed class AttemptsUnderWay
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _running = new(StringComparer.Ordinal);

    /// <summary>Notes an attempt until the result is disposed of.</summary>
    internal IDisposable Begin(string assignmentId)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[assignmentId] = end;
        return new Running(this, assignmentId, end);
    }

    /// <summary>Completes when the attempt on this host ends; null if none runs here.</summary>
    internal Task? EndOf(string assignmentId) => _running.TryGetValue(assignmentId, out var end) ? end.Task : null;

    private sealed class Running(AttemptsUnderWay all, string id, TaskCompletionSource end) : IDisposable
    {
        public void Dispose()
        {
            all._running.TryRemove(KeyValuePair.Create(id, end));
            end.TrySetResult();
        }
    }
}
