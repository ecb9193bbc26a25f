namespace Provisioning.Plugins;

/// <summary>Whose plugins are loaded.</summary>
/// <param name="RequireSigned">Refuse what no trusted publisher signed.</param>
/// <param name="Publishers">Name of a trusted publisher to its public key in PEM.</param>
public sealed record PluginTrust(bool RequireSigned, IReadOnlyDictionary<string, string> Publishers)
{
    /// <summary>Everything is loaded; a signature is checked where there is one and its publisher is known. There are none.</summary>
    public static readonly PluginTrust Anyone = new(false, new Dictionary<string, string>());
}
