using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Provisioning.Core.Configuration;
using Provisioning.Core.Mapping;
using Provisioning.Scheduling;
using Provisioning.Scim;

namespace Provisioning.Host.Configuration;

/// <summary>Reads and checks a whole configuration folder; all problems of all files at once.</summary>
internal sealed class ConfigurationLoader(SecretResolver secrets, IFactoryLookup connectors)
{
    private readonly SecretPrint _prints = new(secrets);

    /// <summary>The service provider that stands for the host itself.</summary>
    public const string Resident = "resident";

    public LoadResult Load(string folder)
    {
        var problems = new List<ConfigurationProblem>();
        var warnings = new List<ConfigurationProblem>();
        if (!Directory.Exists(folder))
            problems.Add(new ConfigurationProblem(folder, "", "the configuration folder does not exist"));
        problems.AddRange(StrayFiles.Find(folder));
        PluginTrustFile.Read(folder, problems);
        var retention = RetentionFile.Read(folder, problems);
        var extensions = ExtensionFiles.Read(folder, problems);
        var unread = new HashSet<string>(StringComparer.Ordinal);
        var identityProviders = ConfigurationFiles.Read<IdentityProvider>(folder, ConfigurationFiles.IdentityProviders, problems, unread);
        var serviceProviders = ConfigurationFiles.Read<ServiceProvider>(folder, ConfigurationFiles.ServiceProviders, problems, []);
        ReportDuplicates(identityProviders.Select(x => (x.File, x.Value.Name)), problems);
        ReportDuplicates(serviceProviders.Select(x => (x.File, x.Value.Name)), problems);

        var settings = new Dictionary<string, object>(StringComparer.Ordinal);
        var unavailable = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, provider) in identityProviders)
        {
            CheckMapping(file, provider, extensions, problems, warnings);
            CheckIdentityProvider(file, provider, settings, unavailable, problems);
        }

        // Of two with one name, which is a problem that is reported, the first is checked.
        var all = serviceProviders.Select(x => x.Value).Where(x => x.Name != Resident)
            .Append(WithGeneratedToken(serviceProviders.FirstOrDefault(x => x.Value.Name == Resident).Value)).DistinctBy(x => x.Name, StringComparer.Ordinal).ToList();
        var known = identityProviders.Select(x => x.Value.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (file, provider) in serviceProviders)
            CheckBindings(file, provider, known, unread, problems);

        var hashes = Hashes(all, serviceProviders, problems);
        TokenRules.CheckUnique(serviceProviders, hashes, problems);

        var configuration = problems.Count > 0
            ? ProvisioningConfiguration.Empty
            : new ProvisioningConfiguration(ConfigurationFiles.Revision(folder), all, identityProviders.Select(x => x.Value)) { Retention = retention, Extensions = extensions };
        return new LoadResult(configuration, settings, unavailable, hashes, problems)
        {
            Warnings = warnings, SecretPrints = Prints(configuration), ServiceProviderFiles = serviceProviders,
        };
    }

    /// <summary>Changes when any secret does that the configuration names.</summary>
    public string SecretsOf(LoadResult loaded) => _prints.Of(loaded.Configuration);

    /// <summary>The same configuration with its secrets as they are now. A token that cannot be read or breaks the rules stays what it was, and is a problem.</summary>
    public LoadResult Renew(LoadResult loaded)
    {
        var problems = new List<ConfigurationProblem>();
        var files = loaded.ServiceProviderFiles;
        var hashes = Hashes(loaded.Configuration.ServiceProviders, files, problems, loaded.TokenHashes);
        TokenRules.CheckUnique(files, hashes, problems);
        return loaded with { TokenHashes = TokenRules.KeepUnique(hashes, loaded.TokenHashes), SecretPrints = Prints(loaded.Configuration), Problems = problems };
    }

    private Dictionary<string, string> Prints(ProvisioningConfiguration configuration) =>
        configuration.IdentityProviders.ToDictionary(x => x.Name, _prints.Of, StringComparer.Ordinal);

    /// <summary>The connector settings with their secrets, as they are now.</summary>
    /// <exception cref="JsonException">They do not fit, or a secret cannot be read.</exception>
    public object ReadSettings(IdentityProvider provider, Type type) =>
        provider.Settings.Deserialize(type, ConfigurationJson.Options(secrets))!;

    private static ServiceProvider WithGeneratedToken(ServiceProvider? resident)
    {
        resident = (resident ?? new ServiceProvider { Name = Resident, Description = "the host itself" }) with { Authority = AuthorityKind.Trusted, Precedence = 0 };
        return resident.Credentials.Count > 0
            ? resident
            : resident with { Credentials = [new Credential { BearerToken = $"generated:{Resident}" }] };
    }

    private static void ReportDuplicates(IEnumerable<(string File, string Name)> named, List<ConfigurationProblem> problems)
    {
        foreach (var group in named.GroupBy(x => x.Name, StringComparer.Ordinal).Where(x => x.Count() > 1))
            foreach (var (file, name) in group.Skip(1))
                problems.Add(new ConfigurationProblem(file, "name", $"'{name}' is defined in '{group.First().File}' already"));
    }

    private static void CheckBindings(string file, ServiceProvider provider, HashSet<string> known, HashSet<string> unread, List<ConfigurationProblem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < provider.OutboundProvisioning.Count; i++)
        {
            var name = provider.OutboundProvisioning[i].IdentityProvider;
            var path = $"outboundProvisioning[{i}].identityProvider";
            if (!known.Contains(name) && !unread.Contains(name))
                problems.Add(new ConfigurationProblem(file, path, $"there is no identity provider '{name}'; known are {Listing(known)}"));
            else if (!seen.Add(name))
                problems.Add(new ConfigurationProblem(file, path, $"'{name}' is bound twice"));
        }
    }

    private static string Listing(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } all ? all : "none";

    private static void CheckMapping(string file, IdentityProvider provider, IReadOnlyList<ResourceSchema> extensions, List<ConfigurationProblem> problems, List<ConfigurationProblem> warnings)
    {
        var check = MappingCheck.Examine(provider.Mapping, extensions);
        problems.AddRange(check.Problems.Select(x => new ConfigurationProblem(file, "mapping", x)));
        warnings.AddRange(check.Warnings.Select(x => new ConfigurationProblem(file, "mapping", x)));
    }

    private void CheckIdentityProvider(
        string file, IdentityProvider provider, Dictionary<string, object> settings, Dictionary<string, string> unavailable, List<ConfigurationProblem> problems)
    {
        CheckLimits(file, provider, problems);
        CheckReconciliation(file, provider.Reconciliation, problems);
        if (connectors.FindFactory(provider.Connector) is not { } factory)
        {
            // A broken plugin is nothing that this file could put right: the work waits until the plugin is back.
            if (connectors.ReasonMissing(provider.Connector) is { } reason)
                unavailable[provider.Name] = reason;
            else
                problems.Add(new ConfigurationProblem(file, "connector", $"no plugin delivers connector '{provider.Connector}'; known are {Listing(connectors.ConnectorNames)}"));
            return;
        }

        var violations = SettingsSchema.Validate(factory.SettingsType, provider.Settings)
            .Select(x => new ConfigurationProblem(file, x.Path.Length == 0 ? "settings" : $"settings.{x.Path}", x.Message)).ToList();
        problems.AddRange(violations);
        if (violations.Count > 0)
            return;
        try
        {
            settings[provider.Name] = ReadSettings(provider, factory.SettingsType);
        }
        catch (JsonException exception)
        {
            problems.Add(new ConfigurationProblem(file, $"settings.{ConfigurationFiles.At(exception)}", ConfigurationFiles.Reason(exception)));
        }
    }

    private static void CheckLimits(string file, IdentityProvider provider, List<ConfigurationProblem> problems)
    {
        foreach (var (operation, rate) in provider.Limits.PerOperation)
            if (!LimitSettings.Operations.Contains(operation) || rate <= 0)
                problems.Add(new ConfigurationProblem(file, $"limits.perOperation.{operation}", $"must be a rate above 0 for one of {string.Join(", ", LimitSettings.Operations)}"));
        for (var i = 0; i < provider.Maintenance.Count; i++)
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(provider.Maintenance[i].TimeZone, out _))
                problems.Add(NoTimeZone(file, $"maintenance[{i}].timeZone", provider.Maintenance[i].TimeZone));
    }

    private static void CheckReconciliation(string file, ReconciliationSettings settings, List<ConfigurationProblem> problems)
    {
        if (settings.Schedule is { } schedule && !ReconciliationSchedule.IsValid(schedule))
            problems.Add(new ConfigurationProblem(file, "reconciliation.schedule", $"'{schedule}' is no cron expression with seconds; write for example 0 0 2 * * ? for every night at two"));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out _))
            problems.Add(NoTimeZone(file, "reconciliation.timeZone", settings.TimeZone));
        for (var i = 0; i < settings.Correlate.Count; i++)
            if (MappingCheck.ProblemOfPath(settings.Correlate[i].Account) is { } problem)
                problems.Add(new ConfigurationProblem(file, $"reconciliation.correlate[{i}].account", problem));
        if (settings.TimeLimit <= TimeSpan.Zero)
            problems.Add(new ConfigurationProblem(file, "reconciliation.timeLimit", "must be longer than nothing"));
    }

    private static ConfigurationProblem NoTimeZone(string file, string path, string zone) =>
        new(file, path, $"there is no time zone '{zone}'; write it as in Europe/Berlin");

    private Dictionary<string, IReadOnlyList<string>> Hashes(
        IEnumerable<ServiceProvider> serviceProviders,
        IReadOnlyList<(string File, ServiceProvider Value)> files,
        List<ConfigurationProblem> problems,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? before = null) =>
        serviceProviders.ToDictionary(
            x => x.Name,
            x => (IReadOnlyList<string>)Hashes(files.FirstOrDefault(f => f.Value.Name == x.Name).File ?? Resident, x, problems, before?.GetValueOrDefault(x.Name)),
            StringComparer.Ordinal);

    private List<string> Hashes(string file, ServiceProvider provider, List<ConfigurationProblem> problems, IReadOnlyList<string>? before)
    {
        var hashes = new List<string>();
        for (var i = 0; i < provider.Credentials.Count; i++)
        {
            try
            {
                var token = secrets.Resolve(provider.Credentials[i].BearerToken);
                var isGood = TokenRules.CheckLength(file, $"credentials[{i}].bearerToken", token, problems);
                hashes.Add(!isGood && i < before?.Count ? before[i] : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))));
            }
            catch (SecretException exception)
            {
                problems.Add(new ConfigurationProblem(file, $"credentials[{i}].bearerToken", exception.Message));
                if (i < before?.Count)
                    hashes.Add(before[i]);
            }
        }

        return hashes;
    }
}
