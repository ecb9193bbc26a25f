namespace Provisioning.Plugins.Tests;

public sealed class When_versions_run_side_by_side : IDisposable
{
    private readonly PluginFolder _folder = new();

    [Fact]
    public async Task Should_take_the_newest_unless_one_is_named()
    {
        _folder.Add("a", PluginFolder.Manifest(version: "1.9.0"));
        _folder.Add("b", PluginFolder.Manifest(version: "1.10.0"));
        _folder.Add("c", PluginFolder.Manifest(version: "1.10.0-beta"));
        await using var catalog = _folder.Catalog();
        catalog.Refresh();

        Assert.All(catalog.Plugins, x => Assert.Equal(PluginState.Ready, x.State));
        Assert.Contains("1.10.0-", Location(catalog, "null"), StringComparison.Ordinal);
        Assert.DoesNotContain("beta", Location(catalog, "null"), StringComparison.Ordinal);
        Assert.Contains("1.9.0-", Location(catalog, "null@1.9.0"), StringComparison.Ordinal);
        Assert.Contains("beta", Location(catalog, "null@1.10.0-beta"), StringComparison.Ordinal);
        Assert.Null(catalog.FindFactory("null@2.0.0"));
    }

    [Fact]
    public async Task Should_refuse_the_same_version_twice()
    {
        _folder.Add("a");
        _folder.Add("b");
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        Assert.Equal("the folder 'a' has version '1.0.0' of plugin 'null' already", catalog.Plugins[1].Reason);
    }

    [Theory]
    [InlineData("1.0", "1.0.0", 0)]
    [InlineData("1.0.1", "1.0", 1)]
    [InlineData("1.10", "1.9", 1)]
    [InlineData("2.0-rc.2", "2.0-rc.10", -1)]
    [InlineData("2.0-rc.1", "2.0", -1)]
    [InlineData("2.0-alpha", "2.0-beta", -1)]
    [InlineData("2.0-rc", "2.0-rc.1", -1)]
    [InlineData("1.0+build5", "1.0+build7", 0)]
    public void Should_order_versions(string left, string right, int expected)
    {
        Assert.Equal(expected, Math.Sign(PluginVersion.Parse(left).CompareTo(PluginVersion.Parse(right))));
        Assert.Equal(-expected, Math.Sign(PluginVersion.Parse(right).CompareTo(PluginVersion.Parse(left))));
    }

    public void Dispose() => _folder.Dispose();

    private static string Location(PluginCatalog catalog, string connector) => catalog.FindFactory(connector)!.SettingsType.Assembly.Location;
}
