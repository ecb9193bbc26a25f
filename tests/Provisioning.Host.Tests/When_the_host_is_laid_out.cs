using Provisioning.Xacml.Testing;

namespace Provisioning.Host.Tests;

/// <summary>What lies beside the executable, in its output folder as when it is published.</summary>
public sealed class When_the_host_is_laid_out
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "policies");

    [Fact]
    public void Should_come_with_every_file_of_the_rules()
    {
        var rules = Path.Combine(Root(), "policies", "rules");
        Assert.Equal(Files(rules), Files(Shipped));
    }

    [Fact]
    public void Should_pass_the_cases_of_the_rules_where_they_are_shipped()
    {
        var outcomes = ConformanceSuite.Find(Shipped).SelectMany(CaseRunner.Run).ToList();
        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, one => Assert.True(one.Verdict == Verdict.Passed, $"{one.Case.Id}: {one.Detail}"));
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Provisioning.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
