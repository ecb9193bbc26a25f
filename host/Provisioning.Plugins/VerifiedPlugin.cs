namespace Provisioning.Plugins;

/// <summary>A folder that passed every check short of running its code.</summary>
/// <param name="Manifest">What it says of itself.</param>
/// <param name="Files">Its files and their hashes.</param>
/// <param name="SignedBy">The trusted publisher that vouches for it, if one does.</param>
internal sealed record VerifiedPlugin(PluginManifest Manifest, PluginFiles Files, string? SignedBy);
