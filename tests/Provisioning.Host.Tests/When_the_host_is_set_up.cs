using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Provisioning.Host.Cli;
using Provisioning.Host.Composition;

namespace Provisioning.Host.Tests;

/// <summary>A setting of the host itself: command line before environment before <c>appsettings.json</c> before what is built in.</summary>
public sealed class When_the_host_is_set_up
{
    [Theory]
    [InlineData("--public-url https://c.example", "https://b.example", "https://a.example", "https://c.example")]
    [InlineData("", "https://b.example", "https://a.example", "https://b.example")]
    [InlineData("", "", "https://a.example", "https://a.example")]
    [InlineData("", null, null, null)]
    public void Should_take_the_nearest(string line, string? variable, string? file, string? expected)
    {
        var source = new SettingSource(
            name => name == "PROVISIONING_PUBLIC_URL" ? variable : null,
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["provisioning:publicUrl"] = file }).Build());
        var option = source.Optional("--public-url", "");
        Assert.Equal(expected, new RootCommand { option }.Parse(line).GetValue(option));
    }

    [Fact]
    public async Task Should_find_every_setting_in_the_table_for_operators()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "host", "docs", "operators.md"));
        var options = CommandLine.Build().Subcommands.Single(x => x.Name == "run").Options.Where(x => x.Name is not ("--help" or "-h")).ToList();
        Assert.Equal(12, options.Count);
        Assert.All(options, x => Assert.Contains($"| `{x.Name}` | `{SettingSource.VariableOf(x.Name)}` | `{SettingSource.KeyOf(x.Name)}` |", page, StringComparison.Ordinal));
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
