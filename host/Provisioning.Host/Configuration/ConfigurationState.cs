namespace Provisioning.Host.Configuration;

/// <summary>One state of a watched configuration folder, read and swapped as a whole.</summary>
/// <param name="Loaded">What is in force; null before the first.</param>
/// <param name="Problems">Of the newest state of the folder; empty when that one is in force.</param>
/// <param name="HasServiceProviders">What is in force came from at least one file of a service provider.</param>
internal sealed record ConfigurationState(LoadResult? Loaded, IReadOnlyList<ConfigurationProblem> Problems, bool HasServiceProviders)
{
    public static readonly ConfigurationState Nothing = new(null, [], false);
}
