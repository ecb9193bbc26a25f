using Provisioning.Connectors;

namespace Provisioning.Plugins.Calls;

/// <summary>
/// Counts what is wrong with a plugin's own code, as opposed to what its target answers, and keeps calls away from it for a
/// while when nothing but that happens.
/// </summary>
internal sealed class PluginHealth(TimeProvider time)
{
    /// <summary>So many failures of its own code in a row, over all of its connectors, and it rests.</summary>
    public const int MostFailures = 10;

    /// <summary>So many threads may be lost in it before nobody is sent in any more.</summary>
    public const int MostHungCalls = 8;

    private static readonly TimeSpan FirstRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private int _failures;
    private int _hung;
    private int _restarts;
    private int _rests;
    private DateTimeOffset _restsUntil;
    private string _lastFailure = "";

    /// <summary>How often a process with this plugin ended and was started again.</summary>
    public int Restarts => _restarts;

    public int HungCalls
    {
        get
        {
            lock (_lock)
                return _hung;
        }
    }

    /// <summary>Why it is not called now, and for how long; null if it is called.</summary>
    public (string Reason, TimeSpan For)? Quarantine
    {
        get
        {
            lock (_lock)
            {
                if (_hung >= MostHungCalls)
                    return ($"{_hung} calls did not return and hold a thread each; restart the host, or run the plugin in a process of its own", FirstRest);
                var left = _restsUntil - time.GetUtcNow();
                return left > TimeSpan.Zero ? ($"{_failures} calls in a row failed in its own code, the last with {_lastFailure}", left) : null;
            }
        }
    }

    /// <exception cref="ConnectorException">Transient: the work waits until the plugin is called again.</exception>
    public void ThrowIfQuarantined()
    {
        if (Quarantine is var (reason, time))
            throw new ConnectorException(FailureKind.Transient, $"the plugin is in quarantine: {reason}") { RetryAfter = time };
    }

    /// <summary>The code did what it should, also when the target refused.</summary>
    public void Worked()
    {
        lock (_lock)
            (_failures, _rests) = (0, 0);
    }

    public void Failed(Exception exception)
    {
        lock (_lock)
        {
            _lastFailure = exception.GetType().Name;
            if (++_failures < MostFailures)
                return;

            // After the rest one failure more is enough, and the next rest is longer.
            _restsUntil = time.GetUtcNow() + TimeSpan.FromTicks(Math.Min(LongestRest.Ticks, FirstRest.Ticks << Math.Min(_rests, 10)));
            _rests++;
        }
    }

    public void Restarted() => Interlocked.Increment(ref _restarts);

    /// <summary>A call was given up while its thread is still inside; counted until it comes back.</summary>
    public void Hangs(Task call)
    {
        lock (_lock)
            _hung++;
        call.ContinueWith(
            finished =>
            {
                _ = finished.Exception;
                lock (_lock)
                    _hung--;
            },
            TaskScheduler.Default);
    }
}
