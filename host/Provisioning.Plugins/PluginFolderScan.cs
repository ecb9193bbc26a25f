namespace Provisioning.Plugins;

/// <summary>What lies in the plugins folder at one moment.</summary>
internal static class PluginFolderScan
{
    /// <summary>Folder name to content hash. A folder that cannot be read has its reason as hash, so that it is listed and tried again.</summary>
    public static Dictionary<string, string> Run(string pluginsFolder)
    {
        string[] folders = Directory.Exists(pluginsFolder) ? Directory.GetDirectories(pluginsFolder) : [];
        return folders.Order(StringComparer.Ordinal).Where(x => !Path.GetFileName(x).StartsWith('.')).ToDictionary(x => Path.GetFileName(x), HashOrReason);
    }

    private static string HashOrReason(string folder)
    {
        try
        {
            return PluginFiles.Read(folder).Hash;
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }
}
