namespace Provisioning.Plugins;

/// <summary>What a plugin says of itself in <c>plugin.json</c>.</summary>
/// <param name="EntryAssembly">The file with the connector factories, relative to the folder.</param>
/// <param name="Publisher">Who made it, as trusted publishers are named; null if it does not say.</param>
/// <param name="Files">Relative path to SHA-256 in hexadecimal; null if the plugin does not list its files.</param>
public sealed record PluginManifest(
    string Id,
    string Version,
    ContractRange Contract,
    string EntryAssembly,
    IReadOnlyList<string> Connectors,
    string? Publisher,
    IReadOnlyDictionary<string, string>? Files)
{
    public const string FileName = "plugin.json";

    /// <summary>Reads a manifest; all problems at once, and null if there are any.</summary>
    public static PluginManifest? Parse(string json, out IReadOnlyList<string> problems)
    {
        var reader = new PluginManifestReader();
        var manifest = reader.Read(json);
        problems = reader.Problems;
        return manifest;
    }
}
