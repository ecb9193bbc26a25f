using Provisioning.Connectors;

namespace Provisioning.Plugins.Calls;

/// <summary>
/// Counts what goes wrong in a plugin's own code when it serves one identity provider, and keeps that one's calls away for a while when nothing but that
/// happens. It outlives the connectors, which are made anew with each change of the settings.
/// </summary>
internal sealed class CallerHealth(PluginHealth plugin, string identityProvider, TimeProvider time)
{
    /// <summary>So many failures of its own code in a row, and it rests.</summary>
    public const int MostFailures = 10;

    /// <summary>So many threads may be lost in it before nobody is sent in any more.</summary>
    public const int MostHungCalls = 8;

    private static readonly TimeSpan FirstRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private int _failures;
    private int _hung;
    private int _rests;
    private DateTimeOffset _restsUntil;
    private DateTimeOffset _failingSince;
    private DateTimeOffset _lastWorked;
    private string _lastFailure = "";

    public string IdentityProvider => identityProvider;

    public int HungCalls
    {
        get
        {
            lock (_lock)
                return _hung;
        }
    }

    /// <summary>When it last did what it should; the beginning of time if never.</summary>
    public DateTimeOffset LastWorked
    {
        get
        {
            lock (_lock)
                return _lastWorked;
        }
    }

    /// <summary>Why it is not called now, for how long, and since when it fails; null if it is called.</summary>
    public (string Reason, TimeSpan For, DateTimeOffset Since)? Rest
    {
        get
        {
            lock (_lock)
            {
                if (_hung >= MostHungCalls)
                    return ($"{_hung} calls did not return and hold a thread each; restart the host, or run the plugin in a process of its own", FirstRest, _failingSince);
                var left = _restsUntil - time.GetUtcNow();
                return left > TimeSpan.Zero ? ($"{_failures} calls in a row failed in its own code, the last with {_lastFailure}", left, _failingSince) : null;
            }
        }
    }

    /// <exception cref="ConnectorException">Transient: the work waits until it is called again.</exception>
    public void ThrowIfQuarantined()
    {
        if (Rest is var (reason, time, _))
            throw new ConnectorException(FailureKind.Transient, $"the plugin is in quarantine for '{identityProvider}': {reason}") { RetryAfter = time };
        if (plugin.Quarantine is var (all, until))
            throw new ConnectorException(FailureKind.Transient, $"the plugin is in quarantine: {all}") { RetryAfter = until };
    }

    /// <summary>The code did what it should, also when the target refused.</summary>
    public void Worked()
    {
        lock (_lock)
            (_failures, _rests, _lastWorked) = (0, 0, time.GetUtcNow());
    }

    public void Failed(Exception exception)
    {
        lock (_lock)
        {
            _lastFailure = exception.GetType().Name;
            if (_failures == 0)
                _failingSince = time.GetUtcNow();
            if (++_failures < MostFailures)
                return;

            // After the rest one failure more is enough, and the next rest is longer.
            _restsUntil = time.GetUtcNow() + TimeSpan.FromTicks(Math.Min(LongestRest.Ticks, FirstRest.Ticks << Math.Min(_rests, 10)));
            _rests++;
        }
    }

    /// <summary>A call was given up while its thread is still inside; counted until it comes back.</summary>
    public void Hangs(Task call)
    {
        lock (_lock)
        {
            if (_hung++ == 0 && _failures == 0)
                _failingSince = time.GetUtcNow();
        }

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
