using System.ComponentModel;

namespace Provisioning.Host.Configuration;

/// <summary>Which plugins may be loaded: <c>plugins.json</c> in the configuration folder. Read at start.</summary>
internal sealed record PluginSettings
{
    public const string FileName = "plugins.json";

    [Description("Refuse plugins that no trusted publisher signed. Default false.")]
    public bool RequireSigned { get; init; }

    [Description("Name of a trusted publisher to a file with its public key in PEM, relative to the configuration folder.")]
    public IReadOnlyDictionary<string, string> TrustedPublishers { get; init; } = new Dictionary<string, string>();
}
