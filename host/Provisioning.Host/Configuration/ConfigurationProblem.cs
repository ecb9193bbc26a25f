namespace Provisioning.Host.Configuration;

/// <summary>One thing that is wrong in a configuration file.</summary>
/// <param name="Path">Where in the file, as a JSON path; empty for the whole file.</param>
internal sealed record ConfigurationProblem(string File, string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? $"{File}: {Message}" : $"{File}: {Path}: {Message}";
}
