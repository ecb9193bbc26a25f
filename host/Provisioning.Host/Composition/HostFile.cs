using Provisioning.Storage;

namespace Provisioning.Host.Composition;

/// <summary>Where the running host listens, left in the data folder for commands that ask it.</summary>
internal static class HostFile
{
    public static void Write(string data, string url) => DataFile.Write(PathIn(data), url);

    public static string? Read(string data) => File.Exists(PathIn(data)) ? File.ReadAllText(PathIn(data)).Trim() : null;

    private static string PathIn(string data) => Path.Combine(data, "host.url");
}
