using System.Security.Cryptography;

namespace Provisioning.Acceptance.Tests;

/// <summary>The <c>plugins</c> commands, as the author of a plugin and the operator who installs it run them.</summary>
public sealed class When_plugins_are_packed_and_signed : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("plugins-cli-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public When_plugins_are_packed_and_signed()
    {
        Directory.CreateDirectory(Plugin);
        foreach (var file in Directory.GetFiles(Path.Combine(HostProcess.Folder, "plugins", "csv")))
            File.Copy(file, Path.Combine(Plugin, Path.GetFileName(file)));
        Directory.CreateDirectory(Config);
        File.WriteAllText(Path.Combine(_root, "acme.pem"), _key.ExportECPrivateKeyPem());
        File.WriteAllText(Path.Combine(Config, "acme.pub.pem"), _key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(Config, "plugins.json"), """{ "requireSigned": true, "trustedPublishers": { "acme": "acme.pub.pem" } }""");
    }

    private string Plugins => Path.Combine(_root, "plugins");

    private string Plugin => Path.Combine(Plugins, "csv");

    private string Config => Path.Combine(_root, "config");

    [Fact]
    public async Task Should_accept_the_signed_plugin_and_nothing_that_was_changed()
    {
        await RunAsync(1, $"plugins verify {Plugin} --config {Config}", "'csv' 0.1.0 is Unsigned: is not signed and the settings require it");
        await RunAsync(1, $"plugins sign {Plugin} --key {_root}/acme.pem", "run 'plugins pack --publisher NAME' first");
        await RunAsync(0, $"plugins pack {Plugin} --publisher acme", "packed 'csv' 0.1.0: ");
        await RunAsync(0, $"plugins sign {Plugin} --key {_root}/acme.pem", "signed 'csv' 0.1.0 for publisher 'acme'");
        await RunAsync(0, $"plugins verify {Plugin} --config {Config}", "'csv' 0.1.0 is ready: csv, jsonl, signed by 'acme'");
        await RunAsync(0, $"plugins inspect {Plugin} --config {Config} --schema", "plugin.sig", "settings of 'csv':", "\"delimiter\"");
        await RunAsync(0, $"plugins list --plugins {Plugins} --config {Config}", "csv: 'csv' 0.1.0, Ready, connectors: csv, jsonl, signed by 'acme'");

        File.AppendAllText(Path.Combine(Plugin, "README.txt"), "slipped in");
        await RunAsync(1, $"plugins verify {Plugin} --config {Config}", "is Tampered: 'README.txt' is not listed");
        await RunAsync(0, $"plugins list --plugins {Plugins} --config {Config}", "Tampered");
    }

    [Fact]
    public async Task Should_say_what_is_wrong_with_the_input()
    {
        await RunAsync(1, $"plugins verify {_root}/nowhere", "there is no folder");
        await RunAsync(1, $"plugins pack {Config}", "has no 'plugin.json'");
        await RunAsync(1, $"plugins sign {Plugin} --key {_root}/nokey.pem", "nokey.pem");
        await RunAsync(0, $"plugins pack {Plugin} --publisher acme", "packed");
        await RunAsync(1, $"plugins sign {Plugin} --key {Config}/acme.pub.pem", "signing needs the private one");
        File.WriteAllText(Path.Combine(Config, "plugins.json"), """{ "requireSigend": true, "trustedPublishers": { "acme": "nowhere.pem" } }""");
        await RunAsync(1, $"plugins list --plugins {Plugins} --config {Config}", "plugins.json: requireSigend: unknown property 'requireSigend'");
        await RunAsync(1, $"config validate --plugins {Plugins} --config {Config}", "plugins.json");
    }

    [Fact(Explicit = true)]
    public async Task Should_test_the_connection_of_an_identity_provider()
    {
        File.Delete(Path.Combine(Config, "plugins.json"));
        var providers = Directory.CreateDirectory(Path.Combine(Config, "identity-providers")).FullName;
        var pinned = """{ "name": "pinned", "connector": "csv@0.1.0", "settings": { "path": "a.csv" } }""";
        File.WriteAllText(Path.Combine(providers, "pinned.json"), pinned);
        File.WriteAllText(Path.Combine(providers, "gone.json"), pinned.Replace("pinned", "gone", StringComparison.Ordinal).Replace("a.csv", "/no/such/folder/a.csv", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(providers, "other.json"), pinned.Replace("pinned", "other", StringComparison.Ordinal).Replace("0.1.0", "9.0.0", StringComparison.Ordinal));
        var places = $"--config {Config} --plugins {Plugins} --data {_root}";

        await RunAsync(0, $"plugins test-connection pinned --local {places}", "'pinned': the connection works");
        await RunAsync(1, $"plugins test-connection gone --local {places}", "'gone': ", "/no/such/folder");
        await RunAsync(1, $"plugins test-connection other --local {places}", "there is no plugin of that version");
        await RunAsync(1, $"plugins test-connection nobody --local {places}", "there is no identity provider 'nobody'; known are");
    }

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private static async Task RunAsync(int expected, string arguments, params string[] said)
    {
        await using var host = new HostProcess();
        var code = await host.RunToEndAsync(arguments);
        Assert.True(expected == code, $"'{arguments}' ended with {code}: {host.Output}");
        foreach (var part in said)
            Assert.Contains(part, host.Output, StringComparison.Ordinal);
    }
}
