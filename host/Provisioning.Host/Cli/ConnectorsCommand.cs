using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Plugins;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning connectors list | schema</c>.</summary>
internal static class ConnectorsCommand
{
    public static Command Build(Option<string> config, Option<string> plugins)
    {
        var name = new Argument<string>("name") { Description = "Name of a connector." };
        var list = new Command("list", "Lists the connectors that the plugins deliver.") { config, plugins };
        list.SetAction((result, _) => CommandLine.GuardAsync(() => WithAsync(result.GetValue(config)!, result.GetValue(plugins)!, factories =>
        {
            foreach (var connector in factories.ConnectorNames.Order(StringComparer.Ordinal))
                Console.WriteLine(connector);
        })));
        var schema = new Command("schema", "Prints the JSON schema of a connector's settings, the part 'settings' of an identity provider.") { name, config, plugins };
        schema.SetAction((result, _) => CommandLine.GuardAsync(() => WithAsync(result.GetValue(config)!, result.GetValue(plugins)!, factories =>
        {
            var wanted = result.GetValue(name)!;
            var factory = factories.FindFactory(wanted) ?? throw new InvalidOperationException(
                factories.ReasonMissing(wanted) ?? $"no plugin delivers connector '{wanted}'; known are {string.Join(", ", factories.ConnectorNames.Order(StringComparer.Ordinal))}");
            Console.WriteLine(SettingsSchema.For(factory.SettingsType).ToJson());
        })));
        return new Command("connectors", "Connectors and their settings.") { list, schema };
    }

    private static async Task WithAsync(string config, string plugins, Action<PluginFactories> action)
    {
        using var scratch = new ScratchFolder();
        await using var catalog = new PluginCatalog(
            Path.GetFullPath(plugins), scratch.Path, PluginTrustFile.Read(Path.GetFullPath(config)), NullLogger.Instance, TimeProvider.System);
        catalog.Refresh();
        action(new PluginFactories(catalog));
    }
}
