using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;

namespace Provisioning.Host.Configuration;

/// <summary>Reads <c>retention.json</c> of the configuration folder, if there is one.</summary>
internal static class RetentionFile
{
    public const string Name = "retention.json";

    public static RetentionSettings Read(string configFolder, List<ConfigurationProblem> problems)
    {
        var path = Path.Combine(configFolder, Name);
        if (!File.Exists(path))
            return new RetentionSettings();
        try
        {
            if (ConfigurationJson.Parse(File.ReadAllText(path)) is not JsonObject json)
            {
                problems.Add(new ConfigurationProblem(Name, "", "must be a JSON object"));
                return new RetentionSettings();
            }

            json.Remove("$schema");
            var violations = SettingsSchema.Validate(typeof(RetentionSettings), json).Select(x => new ConfigurationProblem(Name, x.Path, x.Message)).ToList();
            problems.AddRange(violations);
            return violations.Count > 0 ? new RetentionSettings() : Checked(json.Deserialize<RetentionSettings>(ConfigurationJson.Options())!, problems);
        }
        catch (JsonException exception)
        {
            problems.Add(new ConfigurationProblem(Name, ConfigurationFiles.At(exception), ConfigurationFiles.Reason(exception)));
            return new RetentionSettings();
        }
    }

    private static RetentionSettings Checked(RetentionSettings settings, List<ConfigurationProblem> problems)
    {
        foreach (var (name, value) in ((string, TimeSpan)[])
            [("attempts", settings.Attempts), ("audit", settings.Audit), ("gone", settings.Gone), ("reconciliations", settings.Reconciliations)])
            if (value < RetentionSettings.Least)
                problems.Add(new ConfigurationProblem(Name, name, "must be at least P1D"));
        return settings;
    }
}
