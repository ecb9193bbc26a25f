using System.Text;

namespace Provisioning.Connectors.Csv;

/// <summary>A new file that takes the place of an old one, whole or not at all.</summary>
internal sealed class Replacement(string target)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = System.IO.Path.GetDirectoryName(target)!;

    /// <summary>Where the new file is until it takes its place.</summary>
    public string Path { get; } = System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(target)!, $".{System.IO.Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");

    /// <summary>Writes the new file to the disk. Others may read it as far as they may read the old one; a first one is the host's alone.</summary>
    public void Write(Encoding encoding, Action<TextWriter> write)
    {
        if (!Directory.Exists(_folder))
            CreateFolder();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(Path, options))
        {
            using (var writer = new StreamWriter(stream, encoding, bufferSize: 64 * 1024, leaveOpen: true))
                write(writer);
            stream.Flush(flushToDisk: true);
        }

        // A clock of a file system can stand still for some milliseconds. A time between two of its ticks is nobody else's,
        // so an edit that follows at once shows, even one that keeps the length.
        File.SetLastWriteTimeUtc(Path, File.GetLastWriteTimeUtc(Path).AddTicks(-1));
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            File.SetUnixFileMode(Path, File.GetUnixFileMode(target));
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_folder);
        else
            Directory.CreateDirectory(_folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Takes the place of the old file, and returns when that is on disk.</summary>
    public void Commit()
    {
        File.Move(Path, target, overwrite: true);
        if (OperatingSystem.IsWindows())
            return;

        // Writing out the file under its new name writes out the rename.
        using var handle = File.OpenHandle(target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Removes the new file if it did not take its place.</summary>
    public void Discard() => Delete(Path);

    /// <summary>Removes what hosts left that died while they wrote. To be called under the lock, when nobody else writes.</summary>
    public static void RemoveLeft(string target)
    {
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(target)!, $".{System.IO.Path.GetFileName(target)}.*.tmp"))
            Delete(file);
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left is a hidden file that nobody reads; the failure that led here matters more.
        }
    }
}
