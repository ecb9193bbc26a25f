using System.IO.Enumeration;

namespace Provisioning.Architecture.Tests;

public sealed class When_the_top_level_is_listed
{
    private static readonly string[] Expected =
    [
        "host", "plugins", "policies", "tests", "Provisioning.sln", "README.md", "CHANGELOG.md", "LICENSE",
        "Directory.Build.props", "Directory.Packages.props", "global.json",
    ];

    private static IEnumerable<string> Ignored => Repository.Read(".gitignore").Split('\n').Select(x => x.Trim().Trim('/')).Where(x => x.Length > 0);

    // Names with a dot belong to tools; what git ignores is not kept.
    [Fact]
    public void Should_hold_the_folders_the_solution_and_what_tools_expect_there() => Assert.Equal(
        Expected.Order(StringComparer.Ordinal),
        Directory.EnumerateFileSystemEntries(Repository.Root).Select(x => Path.GetFileName(x)!)
            .Where(x => !x.StartsWith('.') && !Ignored.Any(y => FileSystemName.MatchesSimpleExpression(y, x))).Order(StringComparer.Ordinal));
}
