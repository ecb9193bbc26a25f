namespace Provisioning.Storage;

/// <summary>Files of the data folder hold personal data: nobody but the user of the host may read them.</summary>
public static class DataFile
{
    public const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;

    /// <summary>Makes an empty file if there is none, before somebody makes it who would let others read it (SQLite).</summary>
    /// <exception cref="IOException">There is no room, or the path is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The user of the host may not write there.</exception>
    public static void Ensure(string path)
    {
        if (!File.Exists(path))
            Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
    }

    /// <summary>Replaces a file as a whole: a reader sees the old text or the new one.</summary>
    public static void Write(string path, string text)
    {
        var temporary = path + ".new";
        try
        {
            using (var writer = new StreamWriter(Open(temporary, FileMode.Create, FileShare.None)))
                writer.Write(text);
            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException)
        {
            // A full disk takes the file, and nothing of what is in it.
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes a folder, and those it is in, if there is none.</summary>
    public static void EnsureFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, PrivateFolder);
    }

    internal static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = PrivateFile;
        return new FileStream(path, options);
    }
}
