namespace Provisioning.Plugins;

/// <summary>Decides from manifest, signature and settings whether a plugin may be loaded, and says who vouches for it.</summary>
internal static class TrustCheck
{
    /// <returns>The publisher that vouches for it, or null when nobody does and nobody has to.</returns>
    public static string? Run(PluginManifest manifest, byte[] manifestBytes, string? signature, PluginTrust trust)
    {
        if (signature is null)
            return trust.RequireSigned
                ? throw Unsigned($"is not signed and the settings require it; install a version with a '{PluginSignature.FileName}'")
                : null;
        if (manifest.Files is null)
            throw Unsigned("is signed but lists no files, so the signature covers none; pack it before signing");
        if (manifest.Publisher is null || !trust.Publishers.TryGetValue(manifest.Publisher, out var key))
            return trust.RequireSigned
                ? throw Unsigned($"is signed by '{manifest.Publisher ?? "nobody"}', who is no trusted publisher; trusted are {Listing(trust)}")
                : null;
        if (!PluginSignature.Verify(manifestBytes, signature, key))
            throw new PluginRefusedException(
                PluginState.Tampered,
                $"the signature is not that of '{manifest.Publisher}' over this {PluginManifest.FileName}; install the plugin again");
        return manifest.Publisher;
    }

    private static PluginRefusedException Unsigned(string reason) => new(PluginState.Unsigned, reason);

    private static string Listing(PluginTrust trust) =>
        trust.Publishers.Count == 0 ? "none" : string.Join(", ", trust.Publishers.Keys.Order(StringComparer.Ordinal).Select(x => $"'{x}'"));
}
