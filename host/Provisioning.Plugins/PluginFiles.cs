using System.Security.Cryptography;
using System.Text;

namespace Provisioning.Plugins;

/// <summary>The files of a folder and their hashes at one moment.</summary>
internal sealed class PluginFiles
{
    private PluginFiles(SortedDictionary<string, string> hashes)
    {
        Hashes = hashes;
        var all = string.Join('\n', hashes.Select(x => $"{x.Key}:{x.Value}"));
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    /// <summary>Path with forward slashes, relative to the folder, to SHA-256 in lower-case hexadecimal.</summary>
    public IReadOnlyDictionary<string, string> Hashes { get; }

    /// <summary>One hash over paths and contents: the only thing that tells versions apart on every file system.</summary>
    public string Hash { get; }

    /// <exception cref="PluginRefusedException">For a link that leads out of the folder.</exception>
    public static PluginFiles Read(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);

        // The folder itself may be a link: flipping one is a usual way to deploy.
        var root = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);
        Add(new DirectoryInfo(root), root, hashes);
        return new(hashes);
    }

    private static void Add(DirectoryInfo directory, string root, SortedDictionary<string, string> hashes)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            var path = Path.GetRelativePath(root, entry.FullName).Replace('\\', '/');
            if (entry.LinkTarget is not null && (entry is DirectoryInfo || !LeadsInside(entry, root)))
                throw new PluginRefusedException(PluginState.Invalid, $"'{path}' is a link that leads out of the folder; copy the file instead");
            if (entry is DirectoryInfo child)
                Add(child, root, hashes);
            else
                hashes[path] = HashOf(entry.FullName);
        }
    }

    private static bool LeadsInside(FileSystemInfo link, string root)
    {
        var target = link.ResolveLinkTarget(returnFinalTarget: true);
        return target is FileInfo && target.FullName.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static string HashOf(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
