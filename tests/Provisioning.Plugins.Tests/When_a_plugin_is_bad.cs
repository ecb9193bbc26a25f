using Provisioning.Connectors;

namespace Provisioning.Plugins.Tests;

/// <summary>Every kind of bad plugin, the status it gets and the reason an operator reads. None of them stops the good one beside it.</summary>
public sealed class When_a_plugin_is_bad : IDisposable
{
    private readonly PluginFolder _folder = new();

    public static TheoryData<string, PluginState, string> Table => new()
    {
        { "no manifest", PluginState.Invalid, "has no 'plugin.json'" },
        { "no JSON", PluginState.Invalid, "no valid JSON" },
        { "huge manifest", PluginState.Invalid, "larger than 1 MiB" },
        { "path out of the folder", PluginState.Invalid, "'files' names '../secret.dll', which is no path inside the folder" },
        { "link out of the folder", PluginState.Invalid, "'extra.dll' is a link that leads out of the folder" },
        { "folder linked in", PluginState.Invalid, "'more' is a link that leads out of the folder" },
        { "ships the contract", PluginState.Invalid, "ships 'Provisioning.Connectors.dll'" },
        { "entry missing", PluginState.Invalid, "the entry assembly 'Missing.dll' is not in the folder" },
        { "other major contract", PluginState.IncompatibleContract, "is made for contract '2.0' and this host has '1." },
        { "newer minor contract", PluginState.IncompatibleContract, "is made for contract '1.99'" },
        { "contract that ended", PluginState.IncompatibleContract, "is made for contract '1.0-1.0'" },
        { "content changed", PluginState.Tampered, "'Provisioning.Plugins.Tests.Fixture.dll' has another content than listed" },
        { "listed file missing", PluginState.Tampered, "'gone.dll' is missing" },
        { "file not listed", PluginState.Tampered, "'extra.dll' is not listed" },
        { "not a .NET file", PluginState.LoadFailed, "'Text.dll' is no .NET assembly" },
        { "truncated assembly", PluginState.LoadFailed, "is no .NET assembly" },
        { "no connectors in it", PluginState.LoadFailed, "does not reference Provisioning.Connectors" },
        { "dependency missing", PluginState.LoadFailed, "lacks a library" },
        { "throws on load", PluginState.LoadFailed, "its constructor failed: InvalidOperationException: no licence" },
        { "connector not delivered", PluginState.LoadFailed, "declares connector 'other'" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Should_list_it_with_its_reason_and_load_the_others(string kind, PluginState state, string reason)
    {
        _folder.Add("good", PluginFolder.Manifest(id: "good"));
        Make(kind);
        await using var catalog = _folder.Catalog();
        catalog.Refresh();

        var bad = catalog.Plugins.Single(x => x.Folder != "good");
        Assert.Contains(reason, bad.Reason, StringComparison.Ordinal);
        Assert.Equal(state, bad.State);
        Assert.NotNull(catalog.FindFactory("null"));
    }

    public void Dispose() => _folder.Dispose();

    private void Make(string kind)
    {
        switch (kind)
        {
            case "no manifest":
                _folder.AddEmpty("bad");
                break;
            case "no JSON":
                File.WriteAllText(Path.Combine(_folder.AddEmpty("bad"), "plugin.json"), "{");
                break;
            case "huge manifest":
                File.WriteAllText(Path.Combine(_folder.AddEmpty("bad"), "plugin.json"), "{ \"id\": \"" + new string('x', 1024 * 1024) + "\" }");
                break;
            case "path out of the folder":
                Add(files: Files(("../secret.dll", new string('0', 64))));
                break;
            case "link out of the folder":
                File.CreateSymbolicLink(Path.Combine(Add(), "extra.dll"), PluginFolder.Fixture);
                break;
            case "folder linked in":
                Directory.CreateSymbolicLink(Path.Combine(Add(), "more"), AppContext.BaseDirectory);
                break;
            case "ships the contract":
                File.Copy(typeof(IConnector).Assembly.Location, Path.Combine(Add(), "Provisioning.Connectors.dll"));
                break;
            case "entry missing":
                Add(entry: "Missing.dll");
                break;
            case "other major contract":
                Add(contract: "2.0");
                break;
            case "newer minor contract":
                Add(contract: "1.99");
                break;
            case "contract that ended":
                Add(contract: "1.0-1.0");
                break;
            case "content changed":
                Add(files: Files((PluginFolder.EntryAssembly, new string('0', 64))));
                break;
            case "listed file missing":
                Add(files: Files((PluginFolder.EntryAssembly, Hash()), ("gone.dll", new string('0', 64))));
                break;
            case "file not listed":
                File.WriteAllText(Path.Combine(Add(files: Files((PluginFolder.EntryAssembly, Hash()))), "extra.dll"), "");
                break;
            case "not a .NET file":
                File.WriteAllText(Path.Combine(Add(entry: "Text.dll"), "Text.dll"), "I am a text");
                break;
            case "truncated assembly":
                Truncate(Path.Combine(Add(), PluginFolder.EntryAssembly));
                break;
            case "no connectors in it":
                File.Copy(typeof(FactAttribute).Assembly.Location, Path.Combine(Add(entry: "xunit.dll"), "xunit.dll"));
                break;
            case "dependency missing":
                File.Delete(Path.Combine(_folder.AddLibrary("old", "library-12"), "Newtonsoft.Json.dll"));
                break;
            case "throws on load":
                File.WriteAllText(Path.Combine(Add(), "throw.txt"), "");
                break;
            case "connector not delivered":
                Add(connector: "other");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such kind");
        }
    }

    private string Add(string contract = "1.0", string entry = PluginFolder.EntryAssembly, string connector = "null", string files = "") =>
        _folder.Add("bad", PluginFolder.Manifest(id: "bad", contract: contract, entry: entry, connector: connector, files: files));

    private static string Files(params (string Path, string Hash)[] files) =>
        $", \"files\": {{ {string.Join(", ", files.Select(x => $"\"{x.Path}\": \"{x.Hash}\""))} }}";

    private static string Hash() => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(PluginFolder.Fixture)));

    private static void Truncate(string file)
    {
        using var stream = File.OpenWrite(file);
        stream.SetLength(stream.Length / 2);
    }
}
