namespace Provisioning.Xacml;

/// <summary>Keeps a decision point in step with a folder. A broken change leaves the last good policies in force.</summary>
public sealed class PolicyFolder : IDisposable
{
    private const string Lost = "the folder held policies before, and holds none; nothing is decided until they are back";

    private readonly string _path;
    private readonly PdpOptions _options;
    private readonly Lock _lock = new();
    private volatile PolicyDecisionPoint _current;
    private volatile IReadOnlyList<PolicyProblem> _problems = [];
    private volatile bool _lost;
    private string _seen;
    private ITimer? _timer;

    /// <summary>Loads the folder; a missing or empty one answers NotApplicable to everything.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">The settings.</param>
    /// <exception cref="PolicyException">The policies are broken, and there are no earlier ones to keep.</exception>
    public PolicyFolder(string path, PdpOptions? options = null)
    {
        _path = path;
        _options = options ?? new PdpOptions();
        var sources = PolicyFiles.Read(path);
        _seen = PolicyDecisionPoint.RevisionOf(sources);
        _current = PolicyDecisionPoint.Load(sources, _options);
    }

    /// <summary>Raised after new policies came into force.</summary>
    public event Action<PolicyDecisionPoint>? Changed;

    /// <summary>Raised once when the folder's newest content is not taken, with the reasons.</summary>
    public event Action<IReadOnlyList<PolicyProblem>>? Refused;

    /// <summary>True if the folder is to hold policies, and held none from the start on: nobody knows what they say.</summary>
    public bool IsLost => _lost;

    /// <summary>The policies in force.</summary>
    public PolicyDecisionPoint Current => _current;

    /// <summary>Why the folder's present content is not in force; empty if it is.</summary>
    public IReadOnlyList<PolicyProblem> Problems => _problems;

    /// <summary>Says that the folder held policies before. If it holds none now, it has lost them: see <see cref="IsLost"/>.</summary>
    public void ExpectPolicies()
    {
        lock (_lock)
        {
            if (_current.PolicyCount > 0) return;
            _lost = true;
            Refuse([new(_path, 0, Lost)]);
        }
    }

    /// <summary>Looks at the folder now.</summary>
    /// <returns>Whether new policies came into force.</returns>
    public bool Refresh()
    {
        PolicyDecisionPoint next;
        lock (_lock)
        {
            try
            {
                var sources = PolicyFiles.Read(_path);
                var revision = PolicyDecisionPoint.RevisionOf(sources);
                if (revision == _seen) return false;
                _seen = revision;
                if (sources.Count == 0 && (_lost || _current.PolicyCount > 0))
                {
                    // A folder that was emptied or unmounted must not take everybody's access away.
                    Refuse([new(_path, 0, _lost ? Lost : "the folder holds no policies any more; the last good ones stay in force")]);
                    return false;
                }

                next = PolicyDecisionPoint.Load(sources, _options);
            }
            catch (PolicyException error)
            {
                Refuse(error.Problems);
                return false;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody is writing; nothing is remembered, so that the next look tries again.
                _seen = "";
                Refuse([new(_path, 0, error.Message)]);
                return false;
            }

            _problems = [];
            _lost = false;
            // Back to what is in force already: nothing new.
            if (next.Revision == _current.Revision) return false;
            _current = next;
        }

        Changed?.Invoke(next);
        return true;
    }

    /// <summary>Looks at the folder each second from now on.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _timer ??= _options.Time.CreateTimer(_ => Tick(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Tick()
    {
        try
        {
            Refresh();
        }
        catch (Exception error)
        {
            // A timer's exception would end the process; a fault here is no reason for that. The next look tries again.
            lock (_lock)
            {
                _seen = "";
                Refuse([new(_path, 0, error.Message)]);
            }
        }
    }

    private void Refuse(IReadOnlyList<PolicyProblem> problems)
    {
        var known = _problems.SequenceEqual(problems);
        _problems = problems;
        if (!known) Refused?.Invoke(problems);
    }
}
