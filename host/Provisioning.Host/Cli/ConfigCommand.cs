using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Core.Configuration;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Plugins;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning config validate | schema</c>.</summary>
internal static class ConfigCommand
{
    public static Command Build(Option<string> config, Option<string> plugins, Option<string> data)
    {
        var validate = new Command("validate", "Reports every problem in a configuration folder, exit code 1 if there is one; warns of names in mappings that nobody has.") { config, plugins, data };
        validate.SetAction(result => Validate(result.GetValue(config)!, result.GetValue(plugins)!, result.GetValue(data)!));
        var kind = new Argument<string>("kind") { Description = "service-provider, identity-provider or schema (an extension of users)." };
        kind.AcceptOnlyFromAmong("service-provider", "identity-provider", "schema");
        var schema = new Command("schema", "Prints the JSON schema of a configuration file.") { kind };
        schema.SetAction(result => Console.WriteLine(
            SettingsSchema.For(result.GetValue(kind) switch { "service-provider" => typeof(ServiceProvider), "schema" => typeof(ExtensionSchema), _ => typeof(IdentityProvider) }).ToJson()));
        return new Command("config", "Configuration files.") { validate, schema };
    }

    private static int Validate(string config, string pluginsFolder, string data)
    {
        using var scratch = new ScratchFolder();
        var catalog = new PluginCatalog(Path.GetFullPath(pluginsFolder), scratch.Path, PluginTrustFile.Read(config, []), NullLogger<PluginCatalog>.Instance, TimeProvider.System);
        catalog.Refresh();
        var result = new ConfigurationLoader(new SecretResolver(Path.GetFullPath(data), Path.GetFullPath(config)), new PluginFactories(catalog)).Load(Path.GetFullPath(config));
        foreach (var problem in result.Problems)
            Console.Error.WriteLine(problem);
        foreach (var warning in result.Warnings)
            Console.Error.WriteLine($"warning: {warning}");
        Console.WriteLine(result.Problems.Count == 0 ? "the configuration is valid" : result.Problems.Count == 1 ? "1 problem" : $"{result.Problems.Count} problems");
        return result.Problems.Count == 0 ? 0 : 1;
    }
}
