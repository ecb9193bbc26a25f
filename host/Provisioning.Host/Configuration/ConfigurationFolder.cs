using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;

namespace Provisioning.Host.Configuration;

/// <summary>A watched configuration folder. A change is checked as a whole and swapped in whole; a bad one leaves the last good in force.</summary>
internal sealed partial class ConfigurationFolder(string folder, ConfigurationLoader loader, TimeProvider time, ILogger<ConfigurationFolder> logger)
    : IConfigurationSource, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // What made a state bad may lie outside of the folder: a missing secret, a fault of the program that passes.
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Lock _handOver = new();
    private volatile ConfigurationState _state = ConfigurationState.Nothing;
    private string _seen = "";
    private string _secrets = "";
    private long _tried;
    private ITimer? _timer;

    public LoadResult? Loaded => _state.Loaded;

    public ProvisioningConfiguration Current => Loaded?.Configuration ?? ProvisioningConfiguration.Empty;

    /// <summary>Of the newest state of the folder; empty when it is the one in force.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems => _state.Problems;

    /// <summary>What is in force came from at least one file of a service provider.</summary>
    public bool HasServiceProviders => _state.HasServiceProviders;

    /// <summary>Of the state in force.</summary>
    public IReadOnlyList<ConfigurationProblem> Warnings => Loaded?.Warnings ?? [];

    public event Action<LoadResult>? Changed;

    /// <exception cref="ConfigurationException">There is no last good state to fall back to.</exception>
    public void LoadFirst()
    {
        Refresh();
        if (Problems.Count > 0)
            throw new ConfigurationException(Problems);
    }

    /// <summary>The caller knows that there were service providers: a folder without one has lost them.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public void ExpectServiceProviders()
    {
        if (!HasServiceProviders)
            throw new ConfigurationException([Emptied()]);
    }

    /// <summary>Looks for changes of files and secrets.</summary>
    /// <param name="force">Load even if no file changed (a plugin did).</param>
    /// <returns>Whether something new came into force.</returns>
    public bool Refresh(bool force = false)
    {
        lock (_lock)
        {
            if (!Load(force) && !RenewSecrets())
                return false;
        }

        // Another thread may have loaded a newer configuration by now. Listeners always get the newest one last.
        lock (_handOver)
            Changed?.Invoke(Loaded!);
        return true;
    }

    /// <summary>The same, and whatever goes wrong becomes a problem.</summary>
    public void Look(bool force = false)
    {
        try
        {
            Refresh(force);
        }
        catch (Exception exception)
        {
            // Somebody writes the files at this moment, or the program has a fault. Either way it is seen, and tried again.
            var problem = new ConfigurationProblem(folder, "", $"the configuration could not be read: {exception.Message}");
            lock (_lock)
            {
                if (!Problems.Contains(problem))
                    LogPollFailed(exception);
                (_seen, _tried) = (exception is IOException or UnauthorizedAccessException ? "" : _seen, time.GetTimestamp());
                _state = _state with { Problems = [problem] };
            }
        }
    }

    public void Start() => _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);

    public void Dispose() => _timer?.Dispose();

    private bool Load(bool force)
    {
        var fingerprint = ConfigurationFiles.Fingerprint(folder);
        var again = Problems.Count > 0 && time.GetElapsedTime(_tried) >= TryAgain;
        if (fingerprint == _seen && !force && !again)
            return false;
        (_seen, _tried) = (fingerprint, time.GetTimestamp());
        var serviceProviders = ConfigurationFiles.SaysServiceProviders(folder);
        var result = loader.Load(folder);
        IReadOnlyList<ConfigurationProblem> problems = HasServiceProviders && !serviceProviders ? [.. result.Problems, Emptied()] : result.Problems;
        if (problems.Count > 0)
        {
            Refuse(problems);
            return false;
        }

        _state = new ConfigurationState(result, [], serviceProviders);
        _secrets = loader.SecretsOf(result);
        LogLoaded(result.Configuration.Revision, result.Configuration.ServiceProviders.Count, result.Configuration.IdentityProviders.Count);
        foreach (var warning in result.Warnings)
            LogWarning(warning);
        return true;
    }

    // Also while the newest files are wrong: a token that leaked must not stay valid for that reason.
    private bool RenewSecrets()
    {
        if (Loaded is not { } loaded || loader.SecretsOf(loaded) == _secrets)
            return false;
        var renewed = loader.Renew(loaded);

        // A secret that was missing may have been made up.
        _secrets = loader.SecretsOf(renewed);
        _state = _state with { Loaded = renewed with { Problems = [] } };
        LogSecrets();
        if (renewed.Problems.Count > 0)
            Refuse([.. Problems.Union(renewed.Problems)]);
        return true;
    }

    private void Refuse(IReadOnlyList<ConfigurationProblem> problems)
    {
        // A bad state is tried again from time to time, and what is wrong with it is logged once. At the start it ends the host, which says why.
        foreach (var problem in problems.Except(Problems).Where(_ => Loaded is not null))
            LogProblem(problem);
        _state = _state with { Problems = problems };
    }

    private static ConfigurationProblem Emptied() => new(
        ConfigurationFiles.ServiceProviders, "",
        "the configuration holds no files any more; to remove everything, leave a file resident.json with { \"name\": \"resident\" } there");

    [LoggerMessage(3001, LogLevel.Error, "configuration not applied: {Problem}")]
    private partial void LogProblem(ConfigurationProblem problem);

    [LoggerMessage(3002, LogLevel.Information, "configuration {Revision}: {ServiceProviders} service providers, {IdentityProviders} identity providers")]
    private partial void LogLoaded(string revision, int serviceProviders, int identityProviders);

    [LoggerMessage(3005, LogLevel.Warning, "configuration applied, but: {Warning}")]
    private partial void LogWarning(ConfigurationProblem warning);

    [LoggerMessage(3003, LogLevel.Error, "the configuration could not be read; the last good one stays in force, and it is tried again")]
    private partial void LogPollFailed(Exception exception);

    [LoggerMessage(3004, LogLevel.Information, "secrets changed: tokens and connector settings are those that are there now")]
    private partial void LogSecrets();
}
