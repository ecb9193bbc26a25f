namespace Provisioning.Plugins;

/// <summary>
/// Code is never loaded from the folder that people write to: overwriting a mapped file kills the process.
/// </summary>
internal static class PrivateCopy
{
    /// <summary>Copies the files and returns the folder; a copy that is complete already is used as it is.</summary>
    public static string Make(string folder, PluginFiles files, PluginManifest manifest, string privateFolder)
    {
        var target = Path.Combine(privateFolder, manifest.Id, $"{manifest.Version}-{files.Hash[..16]}");
        if (Directory.Exists(target) && PluginFiles.Read(target).Hash == files.Hash)
            return target;

        var temporary = target + ".new";
        Delete(target);
        Delete(temporary);
        foreach (var path in files.Hashes.Keys)
        {
            var file = Path.Combine(temporary, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Copy(Path.Combine(folder, path), file);
        }

        // What was checked is what is loaded.
        if (PluginFiles.Read(temporary).Hash != files.Hash)
            throw new PluginRefusedException(PluginState.Invalid, "the folder changed while it was copied; it is tried again at its next change");
        Directory.Move(temporary, target);
        return target;
    }

    /// <summary>Removes what no loaded plugin uses. What cannot be removed now (a mapped file on Windows) goes at the next start.</summary>
    public static void Clean(string privateFolder, IReadOnlySet<string> used)
    {
        if (!Directory.Exists(privateFolder))
            return;
        foreach (var copy in Directory.GetDirectories(privateFolder).SelectMany(Directory.GetDirectories).Where(x => !used.Contains(x)))
        {
            try
            {
                Delete(copy);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
            }
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
