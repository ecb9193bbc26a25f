using System.Xml.Linq;

namespace Provisioning.Architecture.Tests;

/// <summary>A project file as written, before any props file adds to it.</summary>
internal sealed class Project
{
    private readonly XDocument _document;

    public Project(string path)
    {
        RelativePath = path;
        _document = XDocument.Parse(Repository.Read(path));
    }

    public string RelativePath { get; }

    public string Name => Path.GetFileNameWithoutExtension(RelativePath);

    /// <summary>Referenced projects, by path from the root.</summary>
    public IEnumerable<string> ProjectReferences => Includes("ProjectReference").Select(FromRoot);

    public IEnumerable<string> PackageReferences => Includes("PackageReference");

    public IEnumerable<string> FrameworkReferences => Includes("FrameworkReference");

    public IEnumerable<string> VersionedPackages => Items("PackageReference")
        .Where(item => item.Attribute("Version") is not null || item.Elements().Any(child => child.Name.LocalName == "Version"))
        .Select(Target);

    public bool IsUnder(string folder) => RelativePath.StartsWith(folder + "/", StringComparison.Ordinal);

    public override string ToString() => RelativePath;

    private static string Target(XElement item) => (string?)item.Attribute("Include") ?? (string?)item.Attribute("Update") ?? "";

    private IEnumerable<XElement> Items(string kind) => _document.Descendants().Where(item => item.Name.LocalName == kind);

    private IEnumerable<string> Includes(string kind) => Items(kind)
        .SelectMany(item => Target(item).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private string FromRoot(string include)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, RelativePath))!;
        var full = Path.GetFullPath(include.Replace('\\', '/'), folder);
        return Path.GetRelativePath(Repository.Root, full).Replace('\\', '/');
    }
}
