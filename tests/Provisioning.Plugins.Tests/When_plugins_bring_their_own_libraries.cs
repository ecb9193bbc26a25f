using Provisioning.Connectors;

namespace Provisioning.Plugins.Tests;

public sealed class When_plugins_bring_their_own_libraries : IDisposable
{
    private readonly PluginFolder _folder = new();

    [Fact]
    public async Task Should_give_each_the_version_it_ships_and_its_native_library()
    {
        _folder.AddLibrary("old", "library-12");
        _folder.AddLibrary("new", "library-13");
        await using var catalog = _folder.Catalog();
        catalog.Refresh();

        Assert.All(catalog.Plugins, x => Assert.Equal((PluginState.Ready, null), (x.State, x.Reason)));
        Assert.Equal("{\"Text\":\"x\"} by 12.0.0.0", await TestAsync(catalog, "library-12"));
        Assert.Equal("{\"Text\":\"x\"} by 13.0.0.0, native 42", await TestAsync(catalog, "library-13"));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string?> TestAsync(PluginCatalog catalog, string name)
    {
        await using var connector = PluginFolder.Connect(catalog, connector: name);
        return await ((ITestConnection)connector).TestAsync(_folder.Call(), default);
    }
}
