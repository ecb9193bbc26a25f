namespace Provisioning.Architecture.Tests;

public sealed class When_sources_are_read
{
    private const int MostLines = 400;

    private static readonly string[] Folders = ["host", "plugins", "policies"];

    private static readonly string[] WithoutNamespace = ["Program.cs", "GlobalUsings.cs", "AssemblyInfo.cs"];

    [Fact]
    public void Should_keep_files_short() => Repository.HoldsFor(
        $"No file is over {MostLines} lines",
        Repository.Sources(Folders)
            .Where(file => file.LineCount > MostLines)
            .Select(file => $"{file.RelativePath}: {file.LineCount} lines"));

    [Fact]
    public void Should_find_no_regions() => Repository.HoldsFor(
        "No file has a region",
        Repository.Sources([.. Folders, "tests"]).Where(file => file.HasRegion).Select(file => file.RelativePath));

    [Fact]
    public void Should_find_types_in_file_scoped_namespaces() => Repository.HoldsFor(
        "A file that declares a type has a file-scoped namespace",
        Repository.Sources([.. Folders, "tests"])
            .Where(file => !WithoutNamespace.Contains(file.Name))
            .Where(file => file.DeclaresType && !file.HasFileScopedNamespace)
            .Select(file => file.RelativePath));

    [Fact]
    public void Should_find_no_two_events_with_one_id() => Repository.HoldsFor(
        "Each event has an id of its own, by which operators find it in the log",
        Repository.Sources(Folders)
            .SelectMany(file => file.EventIds.Select(id => (Id: id, file.RelativePath)))
            .GroupBy(x => x.Id)
            .Where(x => x.Count() > 1)
            .Select(x => $"{x.Key}: {string.Join(", ", x.Select(y => y.RelativePath))}"));

    [Theory]
    [InlineData("System.Runtime.Loader")]
    [InlineData("using Quartz")]
    [InlineData("Sqlite")]
    [InlineData("Microsoft.AspNetCore")]
    public void Should_keep_infrastructure_out_of_the_core(string text) => Repository.HoldsFor(
        $"The core does not mention {text}",
        Repository.Sources("host/Provisioning.Core")
            .Where(file => file.Text.Contains(text, StringComparison.Ordinal))
            .Select(file => file.RelativePath));
}
