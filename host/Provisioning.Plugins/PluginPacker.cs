using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Plugins;

/// <summary>Completes the manifest of a folder that its author filled.</summary>
public static class PluginPacker
{
    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the hash of every file, and the publisher if one is given, into <c>plugin.json</c>; removes an old signature.</summary>
    /// <exception cref="InvalidOperationException">The folder would not be loaded; the message says why.</exception>
    public static PluginManifest Pack(string folder, string? publisher = null)
    {
        File.Delete(Path.Combine(folder, PluginSignature.FileName));
        var path = Path.Combine(folder, PluginManifest.FileName);
        try
        {
            // Hashes of before would be wrong now; everything else must be right.
            Rewrite(path, manifest =>
            {
                manifest.Remove("files");
                if (publisher is not null)
                    manifest["publisher"] = publisher;
            });
            var verified = PluginVerifier.Verify(folder, PluginTrust.Anyone);
            Rewrite(path, manifest => manifest["files"] = Listing(verified.Files));
            return PluginVerifier.Verify(folder, PluginTrust.Anyone).Manifest;
        }
        catch (PluginRefusedException exception)
        {
            throw new InvalidOperationException($"'{folder}': {exception.Message}", exception);
        }
    }

    /// <summary>Signs a packed folder.</summary>
    /// <exception cref="InvalidOperationException">The folder is not packed, or has no publisher to sign for.</exception>
    /// <exception cref="FormatException">The key is no private elliptic-curve key.</exception>
    public static PluginManifest Sign(string folder, string privateKeyPem)
    {
        try
        {
            File.Delete(Path.Combine(folder, PluginSignature.FileName));
            var manifest = PluginVerifier.Verify(folder, PluginTrust.Anyone).Manifest;
            if (manifest.Files is null || manifest.Publisher is null)
                throw new PluginRefusedException(PluginState.Invalid, "lists no files or names no publisher; run 'plugins pack --publisher NAME' first");
            var signature = PluginSignature.Sign(File.ReadAllBytes(Path.Combine(folder, PluginManifest.FileName)), privateKeyPem);
            File.WriteAllText(Path.Combine(folder, PluginSignature.FileName), signature + Environment.NewLine);
            return manifest;
        }
        catch (PluginRefusedException exception)
        {
            throw new InvalidOperationException($"'{folder}': {exception.Message}", exception);
        }
    }

    private static JsonObject Listing(PluginFiles files) =>
        new(files.Hashes.Where(x => !PluginSteps.CannotBeListed(x.Key)).Select(x => KeyValuePair.Create(x.Key, (JsonNode?)x.Value)));

    private static void Rewrite(string path, Action<JsonObject> change)
    {
        if (!File.Exists(path))
            throw new PluginRefusedException(PluginState.Invalid, $"has no '{PluginManifest.FileName}'");
        JsonObject manifest;
        try
        {
            manifest = JsonNode.Parse(File.ReadAllText(path), documentOptions: Tolerant) as JsonObject ?? [];
        }
        catch (JsonException exception)
        {
            throw new PluginRefusedException(PluginState.Invalid, $"{PluginManifest.FileName}: line {exception.LineNumber + 1}: no valid JSON");
        }

        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString(Indented) + Environment.NewLine);
    }
}
