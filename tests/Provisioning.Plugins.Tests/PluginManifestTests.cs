namespace Provisioning.Plugins.Tests;

public sealed class PluginManifestTests
{
    [Fact]
    public void When_all_is_well_Should_read_everything()
    {
        var hash = new string('a', 64);
        var manifest = PluginManifest.Parse(PluginFolder.Manifest(files: $$""", "files": { "a.dll": "{{hash}}" }"""), out var problems);
        Assert.Empty(problems);
        Assert.Equal("null", manifest!.Id);
        Assert.Equal(new ContractRange(new(1, 0)), manifest.Contract);
        Assert.Equal(["null"], manifest.Connectors);
        Assert.Equal(hash, manifest.Files!["a.dll"]);
    }

    [Fact]
    public void When_much_is_wrong_Should_report_everything()
    {
        var manifest = PluginManifest.Parse("""{ "id": "Ä", "version": 1, "entryAssembly": "../x.dll", "conectors": ["x"] }""", out var problems);
        Assert.Null(manifest);
        Assert.Equal(
            [
                "unknown property 'conectors'",
                "'id' is 'Ä'; expected lower-case letters, digits, dots and dashes",
                "'version' must be a string",
                "'contract' is missing",
                "'entryAssembly' is '../x.dll'; expected a file in the plugin's folder that ends in .dll",
                "'connectors' is missing",
            ],
            problems);
    }

    [Fact]
    public void When_it_is_no_JSON_Should_name_the_line()
    {
        Assert.Null(PluginManifest.Parse("{\n  \"id\": oops\n}", out var problems));
        Assert.StartsWith("line 2: no valid JSON", Assert.Single(problems), StringComparison.Ordinal);
    }
}
