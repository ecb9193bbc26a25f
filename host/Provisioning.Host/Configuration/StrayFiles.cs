using System.Text.RegularExpressions;

namespace Provisioning.Host.Configuration;

/// <summary>
/// Files in the configuration folder that nothing reads. A file whose name is mistyped would be passed over without a word, and what it says, which
/// plugins are trusted for example, would not hold.
/// </summary>
internal static partial class StrayFiles
{
    private const int NearNameEdits = 2;

    private static readonly string[] Files = [PluginSettings.FileName, RetentionFile.Name];
    private static readonly string[] FlatFolders = [ConfigurationFiles.ServiceProviders, ConfigurationFiles.IdentityProviders, ConfigurationFiles.Schemas];
    private static readonly string[] Folders = [.. FlatFolders, ConfigurationFiles.Imports];

    // For people, for editors, and keys and certificates.
    private static readonly string[] KnownEndings =
        [".md", ".txt", ".schema.json", "~", ".bak", ".old", ".orig", ".new", ".tmp", ".swp", ".pem", ".key", ".crt", ".cer", ".pub", ".pfx", ".p12"];

    private static StringComparison Names => OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public static IReadOnlyList<ConfigurationProblem> Find(string root)
    {
        if (!Directory.Exists(root))
            return [];
        var problems = new List<ConfigurationProblem>();
        var named = new Lazy<HashSet<string>>(() => Named(root));
        foreach (var path in Directory.EnumerateFiles(root).Order(StringComparer.Ordinal))
            if (IsStray(path) && !Files.Any(x => x.Equals(Path.GetFileName(path), Names)) && !named.Value.Contains(Path.GetFullPath(path)))
                problems.Add(Unknown(Path.GetFileName(path)));
        foreach (var path in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
            if (Path.GetFileName(path) is var name && !Folders.Any(x => x.Equals(name, Names)) && Nearest(name) is { } near)
                problems.Add(new ConfigurationProblem(name, "", $"this folder is not read; did you mean '{near}'?"));
        foreach (var folder in FlatFolders)
            problems.AddRange(In(root, folder, [".json"], named));
        foreach (var folder in Imports(root))
            problems.AddRange(In(root, folder, [".csv", ".jsonl"], named));
        return problems;
    }

    private static IEnumerable<string> Imports(string root) => Directory.Exists(Path.Combine(root, ConfigurationFiles.Imports))
        ? Directory.EnumerateDirectories(Path.Combine(root, ConfigurationFiles.Imports)).Select(x => $"{ConfigurationFiles.Imports}/{Path.GetFileName(x)}").Order(StringComparer.Ordinal)
        : [];

    private static IEnumerable<ConfigurationProblem> In(string root, string folder, string[] endings, Lazy<HashSet<string>> named)
    {
        var full = Path.Combine(root, folder);
        if (!Directory.Exists(full))
            yield break;
        foreach (var path in Directory.EnumerateFiles(full).Order(StringComparer.Ordinal))
            if (IsStray(path) && !endings.Any(x => path.EndsWith(x, Names)) && !named.Value.Contains(Path.GetFullPath(path)))
                yield return new ConfigurationProblem($"{folder}/{Path.GetFileName(path)}", "", $"this file is not read: names of files in '{folder}' end in {string.Join(" or ", endings)}");
        foreach (var path in Directory.EnumerateDirectories(full).Where(IsStray).Order(StringComparer.Ordinal))
            yield return new ConfigurationProblem($"{folder}/{Path.GetFileName(path)}", "", $"this folder is not read: put its files into '{folder}' itself");
    }

    private static bool IsStray(string path)
    {
        var name = Path.GetFileName(path);
        return name[0] != '.' && !name.StartsWith("README", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase)
            && !name.Contains(".example.", StringComparison.OrdinalIgnoreCase) && !KnownEndings.Any(x => name.EndsWith(x, StringComparison.OrdinalIgnoreCase));
    }

    private static ConfigurationProblem Unknown(string name) => new(name, "", Nearest(name) is { } near
        ? $"this file is not read; did you mean '{near}'?"
        : $"this file is not read, and no configuration file names it; known are {string.Join(", ", Files)} and the folders {string.Join(", ", Folders)}");

    private static string? Nearest(string name) => Files.Concat(Folders)
        .Select(x => (Name: x, Edits: Edits(x.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(x => x.Edits <= NearNameEdits).OrderBy(x => x.Edits).Select(x => x.Name).FirstOrDefault();

    // Letters to add, to take away or to change.
    private static int Edits(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= right.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }

    // Secrets by "file:", keys of publishers, and files that a connector works on may lie beside what names them.
    private static HashSet<string> Named(string root) => Directory.EnumerateFiles(root, "*.json")
        .Concat(FlatFolders.Select(x => Path.Combine(root, x)).Where(Directory.Exists).SelectMany(x => Directory.EnumerateFiles(x, "*.json")))
        .SelectMany(x => Quoted().Matches(File.ReadAllText(x)).Select(text => text.Groups[1].Value))
        .Select(x => Path.GetFullPath(Path.Combine(root, x))).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("\"(?:file:)?([^\"\\\\\0]+)\"")]
    private static partial Regex Quoted();
}
