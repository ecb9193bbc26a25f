using System.Security.Cryptography;

namespace Provisioning.Plugins.Tests;

public sealed class When_a_plugin_is_signed : IDisposable
{
    private readonly PluginFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task Should_load_it_and_say_who_vouches_for_it()
    {
        Sign(Packed());
        Assert.Equal((PluginState.Ready, "acme", null), await StatusAsync(required: true));
    }

    [Fact]
    public async Task Should_refuse_what_is_not_signed_when_that_is_required()
    {
        Packed();
        var (state, _, reason) = await StatusAsync(required: true);
        Assert.Equal(PluginState.Unsigned, state);
        Assert.Contains("is not signed and the settings require it", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_load_what_is_not_signed_when_nobody_requires_it()
    {
        Packed();
        Assert.Equal((PluginState.Ready, null, null), await StatusAsync(required: false));
    }

    [Fact]
    public async Task Should_refuse_a_publisher_nobody_trusts()
    {
        Sign(Packed("somebody"));
        var (state, _, reason) = await StatusAsync(required: true);
        Assert.Equal(PluginState.Unsigned, state);
        Assert.Contains("is signed by 'somebody', who is no trusted publisher; trusted are 'acme'", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_refuse_the_signature_of_another_key_whether_required_or_not(bool required)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Sign(Packed(), other);
        var (state, _, reason) = await StatusAsync(required);
        Assert.Equal(PluginState.Tampered, state);
        Assert.Contains("the signature is not that of 'acme'", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_a_manifest_that_changed_after_signing()
    {
        var folder = Packed();
        Sign(folder);
        var manifest = Path.Combine(folder, PluginManifest.FileName);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"1.0.0\"", "\"1.0.1\"", StringComparison.Ordinal));
        Assert.Equal(PluginState.Tampered, (await StatusAsync(required: true)).State);
    }

    [Fact]
    public async Task Should_refuse_a_file_that_changed_after_signing()
    {
        var folder = Packed();
        Sign(folder);
        File.AppendAllText(Path.Combine(folder, PluginFolder.EntryAssembly), "x");
        Assert.Equal(PluginState.Tampered, (await StatusAsync(required: true)).State);
    }

    [Fact]
    public async Task Should_refuse_a_signature_that_covers_no_files()
    {
        Sign(_folder.Add("null"));
        var (state, _, reason) = await StatusAsync(required: false);
        Assert.Equal(PluginState.Unsigned, state);
        Assert.Contains("lists no files", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base 64")]
    [InlineData("AAAA")]
    public async Task Should_refuse_what_is_no_signature(string text)
    {
        File.WriteAllText(Path.Combine(Packed(), PluginSignature.FileName), text);
        Assert.Equal(PluginState.Tampered, (await StatusAsync(required: true)).State);
    }

    [Fact]
    public void Should_not_sign_with_a_public_key() =>
        Assert.Throws<FormatException>(() => PluginSignature.Sign([1], _key.ExportSubjectPublicKeyInfoPem()));

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private string Packed(string publisher = "acme")
    {
        var folder = _folder.Add("null");
        PluginPacker.Pack(folder, publisher);
        return folder;
    }

    private void Sign(string folder, ECDsa? key = null)
    {
        var manifest = File.ReadAllBytes(Path.Combine(folder, PluginManifest.FileName));
        File.WriteAllText(Path.Combine(folder, PluginSignature.FileName), PluginSignature.Sign(manifest, (key ?? _key).ExportECPrivateKeyPem()));
    }

    private async Task<(PluginState State, string? SignedBy, string? Reason)> StatusAsync(bool required)
    {
        var trust = new PluginTrust(required, new Dictionary<string, string> { ["acme"] = _key.ExportSubjectPublicKeyInfoPem() });
        await using var catalog = _folder.Catalog(trust);
        catalog.Refresh();
        var status = Assert.Single(catalog.Plugins);
        return (status.State, status.SignedBy, status.Reason);
    }
}
