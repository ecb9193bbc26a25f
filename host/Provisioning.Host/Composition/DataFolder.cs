using Provisioning.Storage;

namespace Provisioning.Host.Composition;

/// <summary>The folder for all that the host writes: made if there is none, writable, and for the user of the host only.</summary>
internal static class DataFolder
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // Copies of plugins hold nothing that is secret, and are many.
    private static readonly string[] Guarded = ["accounts", "secrets", "imports"];

    /// <summary>Makes the folder usable.</summary>
    /// <returns>How many files and folders others could use, and cannot any more.</returns>
    /// <exception cref="StartException">It cannot be made or written.</exception>
    public static int Prepare(string path)
    {
        try
        {
            DataFile.EnsureFolder(path);
            var probe = Path.Combine(path, $".{Environment.ProcessId}.probe");
            DataFile.Write(probe, "a full disk takes no file with something in it");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartException($"the data folder '{path}' cannot be written: {Reason(path, exception)}; make room or give the rights, or name another folder with --data", exception);
        }

        return OperatingSystem.IsWindows() ? 0 : Tighten(path);
    }

    private static string Reason(string path, Exception exception) => exception switch
    {
        _ when File.Exists(path) => "it is a file",
        UnauthorizedAccessException => "this user has no right to",
        _ => exception.Message.TrimEnd('.'),
    };

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static int Tighten(string path) =>
        Guarded.Select(x => Path.Combine(path, x)).Where(Directory.Exists)
            .SelectMany(x => Directory.EnumerateFileSystemEntries(x, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Append(x))
            .Concat(Directory.EnumerateFiles(path)).Append(path)
            .Count(TightenOne);

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool TightenOne(string entry)
    {
        try
        {
            var mode = File.GetUnixFileMode(entry);
            if ((mode & Others) == 0 || new FileInfo(entry).LinkTarget is not null)
                return false;
            File.SetUnixFileMode(entry, mode & ~Others);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else's file: that one decides who reads it.
            return false;
        }
    }
}
