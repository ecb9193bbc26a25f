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
    public async Task When_plugins_are_broken_Should_list_each_reason_and_load_the_good_one()
    {
        _folder.AddEmpty("a-no-manifest");
        File.WriteAllText(Path.Combine(_folder.AddEmpty("b-bad-json"), "plugin.json"), "{");
        _folder.Add("c-contract", PluginFolder.Manifest(id: "c", contract: "2.0"));
        _folder.Add("d-newer-minor", PluginFolder.Manifest(id: "d", contract: "1.7"));
        _folder.Add("e-no-entry", PluginFolder.Manifest(id: "e", entry: "Missing.dll"));
        var text = _folder.Add("f-text", PluginFolder.Manifest(id: "f", entry: "Text.dll"));
        File.WriteAllText(Path.Combine(text, "Text.dll"), "I am a text");
        _folder.Add("g-tampered", PluginFolder.Manifest(id: "g", files: $$""", "files": { "{{PluginFolder.EntryAssembly}}": "{{new string('0', 64)}}" }"""));
        File.WriteAllText(Path.Combine(_folder.Add("h-throws", PluginFolder.Manifest(id: "h")), "throw.txt"), "");
        _folder.Add("i-undeclared", PluginFolder.Manifest(id: "i", connector: "other"));
        File.Copy(typeof(IConnector).Assembly.Location, Path.Combine(_folder.Add("j-ships-contract", PluginFolder.Manifest(id: "j")), "Provisioning.Connectors.dll"));
        File.CreateSymbolicLink(Path.Combine(_folder.Add("k-link", PluginFolder.Manifest(id: "k")), "extra.dll"), PluginFolder.Fixture);
        _folder.Add("z-good");

        await using var catalog = _folder.Catalog();
        catalog.Refresh();

        var expected = new (PluginState, string)[]
        {
            (PluginState.Invalid, "has no 'plugin.json'"),
            (PluginState.Invalid, "no valid JSON"),
            (PluginState.IncompatibleContract, $"made for contract '2.0' and this host has '{PluginContract.Host}'"),
            (PluginState.IncompatibleContract, "made for contract '1.7'"),
            (PluginState.Invalid, "'Missing.dll' is not in the folder"),
            (PluginState.LoadFailed, "'Text.dll' is no .NET assembly"),
            (PluginState.Tampered, "has another content than listed"),
            (PluginState.LoadFailed, "its constructor failed: InvalidOperationException: no licence"),
            (PluginState.LoadFailed, "declares connector 'other'"),
            (PluginState.Invalid, "ships 'Provisioning.Connectors.dll'"),
            (PluginState.Invalid, "'extra.dll' is a link"),
            (PluginState.Ready, ""),
        };
        Assert.Equal(expected.Length, catalog.Plugins.Count);
        foreach (var ((state, reason), actual) in expected.Zip(catalog.Plugins))
        {
            Assert.Equal((actual.Folder, state), (actual.Folder, actual.State));
            Assert.Contains(reason, actual.Reason ?? "", StringComparison.Ordinal);
        }

        Assert.NotNull(catalog.FindFactory("null"));
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
    public async Task When_a_folder_is_removed_Should_keep_its_code_until_the_last_hold_is_let_go()
    {
        var folder = _folder.Add("null");
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        var factory = (IPluginConnectorFactory)catalog.FindFactory("null")!;
        var hold = factory.Hold()!;

        Directory.Delete(folder, recursive: true);
        catalog.Refresh();
        Assert.Empty(catalog.Plugins);
        Assert.Null(catalog.FindFactory("null"));
        using (var another = factory.Hold())
            Assert.NotNull(another);
        hold.Dispose();
        Assert.Null(factory.Hold());
    }

    [Fact]
    public async Task When_a_used_plugin_is_replaced_Should_really_leave_memory()
    {
        var folder = _folder.Add("null");
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        Use(catalog);

        File.WriteAllText(Path.Combine(folder, "plugin.json"), PluginFolder.Manifest(version: "1.1.0"));
        catalog.Refresh();
        for (var i = 0; i < 20 && catalog.NotCollected > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, catalog.NotCollected);
    }

    // Apart, so that no local variable keeps the plugin alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(PluginCatalog catalog)
    {
        var factory = (IPluginConnectorFactory)catalog.FindFactory("null")!;
        using var hold = factory.Hold();
        Assert.NotNull(factory.Create(Activator.CreateInstance(factory.SettingsType)!, new ConnectorContext("x", ".", TimeProvider.System)));
    }

    [Fact]
    public async Task When_there_is_no_folder_Should_have_no_plugins()
    {
        await using var catalog = _folder.Catalog();
        catalog.Refresh();
        Assert.Empty(catalog.Plugins);
    }
}
