using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Plugins;

namespace Provisioning.Host.Configuration;

/// <summary>Reads <see cref="PluginSettings"/> and the keys it names.</summary>
internal static class PluginTrustFile
{
    /// <exception cref="ConfigurationException">The file is wrong. Loading plugins anyway would trust more than was meant.</exception>
    public static PluginTrust Read(string configFolder)
    {
        var problems = new List<ConfigurationProblem>();
        var trust = Read(configFolder, problems);
        return problems.Count == 0 ? trust : throw new ConfigurationException(problems);
    }

    public static PluginTrust Read(string configFolder, List<ConfigurationProblem> problems)
    {
        var path = Path.Combine(configFolder, PluginSettings.FileName);
        if (!File.Exists(path))
            return PluginTrust.Anyone;
        if (Parse(path, problems) is not { } settings)
            return PluginTrust.Anyone;
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (publisher, file) in settings.TrustedPublishers)
        {
            try
            {
                keys[publisher] = File.ReadAllText(Path.Combine(configFolder, file));
                PluginSignature.CheckPublicKey(keys[publisher]);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
            {
                var reason = exception is FormatException ? exception.Message : $"'{file}' cannot be read";
                problems.Add(new ConfigurationProblem(PluginSettings.FileName, $"trustedPublishers.{publisher}", reason));
            }
        }

        return new PluginTrust(settings.RequireSigned, keys);
    }

    private static PluginSettings? Parse(string path, List<ConfigurationProblem> problems)
    {
        try
        {
            if (ConfigurationJson.Parse(File.ReadAllText(path)) is not JsonObject json)
            {
                problems.Add(new ConfigurationProblem(PluginSettings.FileName, "", "must be a JSON object"));
                return null;
            }

            json.Remove("$schema");
            var violations = SettingsSchema.Validate(typeof(PluginSettings), json)
                .Select(x => new ConfigurationProblem(PluginSettings.FileName, x.Path, x.Message)).ToList();
            problems.AddRange(violations);
            return violations.Count == 0 ? json.Deserialize<PluginSettings>(ConfigurationJson.Options()) : null;
        }
        catch (JsonException exception)
        {
            problems.Add(new ConfigurationProblem(PluginSettings.FileName, ConfigurationFiles.At(exception), ConfigurationFiles.Reason(exception)));
            return null;
        }
    }
}
