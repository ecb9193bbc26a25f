using System.Runtime.CompilerServices;
using Provisioning.Connectors;

namespace Provisioning.Plugins.Tests;

public sealed class PluginCatalogTests : IDisposable
{
    private readonly PluginFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task When_a_plugin_is_good_Should_deliver_its_connector()
    {
        _folder.Add("null");
        await using var catalog = _folder.Catalog();
        catalog.Refresh();

        var status = Assert.Single(catalog.Plugins);
        Assert.Equal((PluginState.Ready, null), (status.State, status.Reason));
        var factory = catalog.FindFactory("null")!;
        var connector = factory.Create(
            Activator.CreateInstance(factory.SettingsType)!, new ConnectorContext("x", ".", TimeProvider.System));
        Assert.True(connector.NamesAreUnique);
        Assert.StartsWith(_folder.Private, factory.SettingsType.Assembly.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_two_deliver_the_same_connector_Should_refuse_the_second_until_the_first_is_gone()
    {
        var first = _folder.Add("a", PluginFolder.Manifest(id: "a"));
        _folder.Add("b", PluginFolder.Manifest(id: "b"));
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        Assert.Contains("connector 'null' is delivered by plugin 'a' already", catalog.Plugins[1].Reason, StringComparison.Ordinal);

        Directory.Delete(first, recursive: true);
        catalog.Refresh();
        var status = Assert.Single(catalog.Plugins);
        Assert.Equal(("b", PluginState.Ready), (status.Id, status.State));
    }

    [Fact]
    public async Task When_a_folder_changes_Should_swap_at_the_poll_after_it_holds_still()
    {
        var folder = _folder.Add("null");
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        var before = catalog.FindFactory("null");
        var changes = 0;
        catalog.Changed += () => changes++;
        catalog.Start();

        File.WriteAllText(Path.Combine(folder, "plugin.json"), PluginFolder.Manifest(version: "1.1.0"));
        _folder.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, changes);
        _folder.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, changes);
        Assert.Equal("1.1.0", Assert.Single(catalog.Plugins).Version);
        Assert.NotSame(before, catalog.FindFactory("null"));
        _folder.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(1, changes);
    }

    [Fact]
    public async Task When_a_change_is_bad_Should_keep_the_version_before()
    {
        var folder = _folder.Add("null");
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        var before = catalog.FindFactory("null");

        File.WriteAllText(Path.Combine(folder, PluginFolder.EntryAssembly), "half a file");
        catalog.Refresh();
        var status = Assert.Single(catalog.Plugins);
        Assert.Equal(PluginState.LoadFailed, status.State);
        Assert.Contains("version 1.0.0, loaded before, keeps running", status.Reason, StringComparison.Ordinal);
        Assert.Same(before, catalog.FindFactory("null"));
    }

    [Fact]
    public async Task When_a_folder_is_removed_Should_keep_its_code_until_its_last_connector_is_gone()
    {
        var folder = _folder.Add("null");
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        var connector = PluginFolder.Connect(catalog);

        Directory.Delete(folder, recursive: true);
        catalog.Refresh();
        Assert.Empty(catalog.Plugins);
        Assert.Null(catalog.FindFactory("null"));
        Assert.Equal(1, catalog.Draining);
        Assert.Null(await ((ITestConnection)connector).TestAsync(_folder.Call(), default));

        await connector.DisposeAsync();
        await connector.DisposeAsync();
        Assert.Equal(0, catalog.Draining);
    }

    [Fact]
    public async Task When_a_plugin_is_replaced_Should_give_new_connectors_of_the_new_version_only()
    {
        var folder = _folder.Add("null");
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        var stale = catalog.FindFactory("null")!;
        File.WriteAllText(Path.Combine(folder, "plugin.json"), PluginFolder.Manifest(version: "1.1.0"));
        catalog.Refresh();
        var failure = Assert.Throws<ConnectorException>(
            () => stale.Create(Activator.CreateInstance(stale.SettingsType)!, new ConnectorContext("x", ".", TimeProvider.System)));
        Assert.Equal(FailureKind.Transient, failure.Kind);
        await using var connector = PluginFolder.Connect(catalog);
        Assert.Null(await ((ITestConnection)connector).TestAsync(_folder.Call(), default));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("throw", 0)]
    [InlineData("json", 0)]
    [InlineData("timer", 1)]
    public async Task When_a_used_plugin_is_replaced_Should_leave_memory_or_be_counted(string behaviour, int leaked)
    {
        var folder = _folder.Add("null");
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        catalog.Start();
        await UseAsync(catalog, behaviour);

        File.WriteAllText(Path.Combine(folder, "plugin.json"), PluginFolder.Manifest(version: "1.1.0"));
        catalog.Refresh();
        for (var i = 0; i < 10 && catalog.NotCollected > 0; i++)
        {
            _folder.Time.Advance(TimeSpan.FromSeconds(2));
            GC.WaitForPendingFinalizers();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal((leaked, leaked), (catalog.NotCollected, catalog.Leaked));
    }

    // Apart, so that no local variable keeps the plugin alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task UseAsync(PluginCatalog catalog, string behaviour)
    {
        await using var connector = PluginFolder.Connect(catalog, behaviour);
        try
        {
            await ((ITestConnection)connector).TestAsync(_folder.Call(), default);
        }
        catch (ConnectorException)
        {
            // It has what it needs to leave: nothing of it is in the exception.
        }
    }

    [Fact]
    public async Task When_there_is_no_folder_Should_have_no_plugins()
    {
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        Assert.Empty(catalog.Plugins);
    }
}
