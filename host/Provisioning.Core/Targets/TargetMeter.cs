namespace Provisioning.Core.Targets;

/// <summary>What this host saw of one identity provider lately: failures in a row, and how far a slow start has come.</summary>
internal sealed class TargetMeter
{
    private readonly Lock _lock = new();
    private int _failures;
    private int _allowance = int.MaxValue;
    private int _successes;
    private DateTimeOffset? _renewed;

    /// <summary>Calls at a time: few while a slow start is on, else unlimited.</summary>
    public int Allowance
    {
        get
        {
            lock (_lock)
                return _allowance;
        }
    }

    /// <summary>When the credentials were renewed last; attempts that began before prove nothing about the new ones.</summary>
    public DateTimeOffset? Renewed
    {
        get
        {
            lock (_lock)
                return _renewed;
        }

        set
        {
            lock (_lock)
                _renewed = value;
        }
    }

    /// <summary>Returns how many failures in a row that makes.</summary>
    public int Fail()
    {
        lock (_lock)
            return ++_failures;
    }

    public void BeginSlowly()
    {
        lock (_lock)
            (_allowance, _successes, _failures) = (1, 0, 0);
    }

    /// <summary>The allowance doubles when as many calls as it allows succeeded.</summary>
    public void Succeed()
    {
        lock (_lock)
        {
            _failures = 0;
            if (_allowance == int.MaxValue || ++_successes < _allowance)
                return;
            _successes = 0;
            _allowance = _allowance >= Configuration.LimitSettings.MostConcurrency ? int.MaxValue : _allowance * 2;
        }
    }
}
