namespace Provisioning.Architecture.Tests;

/// <summary>The repository the tests were built from: its projects and its sources, without what a build leaves behind and without the content of templates.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Ignored = new(["bin", "obj", "node_modules", "content"], StringComparer.Ordinal);

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<Project> Projects { get; } =
        [.. Files("", ".csproj").Select(path => new Project(path))];

    public static Project Named(string name) => Projects.Single(project => project.Name == name);

    public static IReadOnlyList<SourceFile> Sources(params string[] folders)
    {
        var found = folders.SelectMany(folder => Files(folder, ".cs")).Select(path => new SourceFile(path)).ToList();
        Assert.NotEmpty(found);
        return found;
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static void HoldsFor(string rule, IEnumerable<string> offenders)
    {
        var lines = offenders.ToList();
        Assert.True(lines.Count == 0, $"{rule}, but:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", lines)}");
    }

    /// <summary>Paths relative to the root, with forward slashes on every system.</summary>
    private static IEnumerable<string> Files(string folder, string extension) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*" + extension, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(Ignored.Contains))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Provisioning.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"Provisioning.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
