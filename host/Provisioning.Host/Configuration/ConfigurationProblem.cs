namespace Provisioning.Host.Configuration;

/// <summary>Something wrong in the configuration.</summary>
/// <param name="File">Relative to the configuration folder.</param>
/// <param name="Path">The property, empty for the whole file.</param>
/// <param name="Message">Never shows a secret.</param>
internal sealed record ConfigurationProblem(string File, string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? $"{File}: {Message}" : $"{File}: {Path}: {Message}";
}
