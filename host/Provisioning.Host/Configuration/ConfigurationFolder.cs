using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;

namespace Provisioning.Host.Configuration;

/// <summary>A watched configuration folder. A change is checked as a whole and swapped in whole; a bad one leaves the last good in force.</summary>
internal sealed partial class ConfigurationFolder(string folder, ConfigurationLoader loader, TimeProvider time, ILogger<ConfigurationFolder> logger)
    : IConfigurationSource, IDisposable
{
    private readonly Lock _lock = new();
    private string _seen = "";
    private ITimer? _timer;

    public LoadResult? Loaded { get; private set; }

    public ProvisioningConfiguration Current => Loaded?.Configuration ?? ProvisioningConfiguration.Empty;

    /// <summary>Of the newest state of the folder; empty when it is the one in force.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; private set; } = [];

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

    /// <summary>Looks for changes.</summary>
    /// <param name="force">Load even if no file changed (a plugin did).</param>
    public bool Refresh(bool force = false)
    {
        lock (_lock)
        {
            var fingerprint = ConfigurationFiles.Fingerprint(folder);
            if (fingerprint == _seen && !force)
                return false;
            _seen = fingerprint;
            var result = loader.Load(folder);
            Problems = result.Problems;
            if (result.Problems.Count > 0)
            {
                foreach (var problem in result.Problems)
                    LogProblem(problem);
                return false;
            }

            Loaded = result;
            LogLoaded(result.Configuration.Revision, result.Configuration.ServiceProviders.Count, result.Configuration.IdentityProviders.Count);
            foreach (var warning in result.Warnings)
                LogWarning(warning);
        }

        Changed?.Invoke(Loaded);
        return true;
    }

    public void Start() => _timer = time.CreateTimer(_ => Poll(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    public void Dispose() => _timer?.Dispose();

    private void Poll()
    {
        try
        {
            Refresh();
        }
        catch (Exception exception)
        {
            LogPollFailed(exception);
        }
    }

    [LoggerMessage(3001, LogLevel.Error, "configuration not applied: {Problem}")]
    private partial void LogProblem(ConfigurationProblem problem);

    [LoggerMessage(3002, LogLevel.Information, "configuration {Revision}: {ServiceProviders} service providers, {IdentityProviders} identity providers")]
    private partial void LogLoaded(string revision, int serviceProviders, int identityProviders);

    [LoggerMessage(3004, LogLevel.Warning, "configuration applied, but: {Warning}")]
    private partial void LogWarning(ConfigurationProblem warning);

    [LoggerMessage(3003, LogLevel.Warning, "the configuration folder could not be read")]
    private partial void LogPollFailed(Exception exception);
}
