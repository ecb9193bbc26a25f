namespace Provisioning.Host.Configuration;

/// <summary>The configuration cannot be used. Carries every problem that was found.</summary>
internal sealed class ConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
    : Exception("the configuration is not valid:\n  " + string.Join("\n  ", problems))
{
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = problems;
}
