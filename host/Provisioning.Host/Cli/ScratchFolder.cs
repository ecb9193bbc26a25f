namespace Provisioning.Host.Cli;

/// <summary>A temporary folder that goes when it is not needed any more, as far as the system allows.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("provisioning-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Loaded assemblies hold their files on Windows; the system's own cleaning gets them.
        }
    }
}
