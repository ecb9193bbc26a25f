using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Host.Admin;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Plugins;

namespace Provisioning.Host.Cli;

/// <summary>
/// <c>provisioning plugins test-connection IDP</c>: the connector's own test, run by the host with the settings and secrets that it works with; or, with
/// <c>--local</c>, by the command with what it finds in its own folders and environment.
/// </summary>
internal static class TestConnectionCommand
{
    public static Command Build(Option<string> config, Option<string> plugins, Option<string> data)
    {
        var name = new Argument<string>("identity-provider") { Description = "The name of a configured identity provider." };
        var local = new Option<bool>("--local") { Description = "Run the test here, without a host, with the configuration and the environment of this command." };
        var command = new Command("test-connection", "Says in a sentence what is wrong with an identity provider; exit code 1 if something is.")
        {
            name, local, config, plugins, data,
        };
        command.SetAction((result, ct) => CommandLine.GuardAsync(() =>
        {
            var folder = Path.GetFullPath(result.GetValue(data)!);
            return result.GetValue(local)
                ? RunHereAsync(result.GetValue(name)!, Path.GetFullPath(result.GetValue(config)!), Path.GetFullPath(result.GetValue(plugins)!), folder, ct)
                : RunInHostAsync(result.GetValue(name)!, folder, ct);
        }));
        return command;
    }

    private static async Task RunInHostAsync(string name, string data, CancellationToken cancellationToken)
    {
        using var client = OpenHost(data);
        var answer = await client.SendAsync(HttpMethod.Post, $"/api/admin/identity-providers/{Uri.EscapeDataString(name)}/test", null, cancellationToken);
        Report(name, answer?["problem"]?.ToString(), "tested by the running host");
    }

    private static HostClient OpenHost(string data)
    {
        try
        {
            return HostClient.Open(data);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{exception.Message}, or test without a host by --local", exception);
        }
    }

    private static async Task RunHereAsync(string name, string config, string plugins, string data, CancellationToken cancellationToken)
    {
        using var scratch = new ScratchFolder();
        await using var catalog = new PluginCatalog(plugins, scratch.Path, PluginTrustFile.Read(config), NullLogger.Instance, TimeProvider.System);
        catalog.Refresh();
        var factories = new PluginFactories(catalog);
        var loaded = new ConfigurationLoader(new SecretResolver(data, config), factories).Load(config);
        if (loaded.Problems.Count > 0)
            throw new InvalidOperationException(new ConfigurationException(loaded.Problems).Message);
        if (loaded.Configuration.FindIdentityProvider(name) is not { } provider)
            throw new InvalidOperationException(
                $"there is no identity provider '{name}'; known are {string.Join(", ", loaded.Configuration.IdentityProviders.Select(x => x.Name))}");

        await using var pool = new ConnectorPool(factories, data, TimeProvider.System);
        pool.Update(loaded);
        Report(name, await ConnectionTest.RunAsync(pool, provider, TimeProvider.System, cancellationToken), "tested by this command, not by a host");
    }

    private static void Report(string name, string? wrong, string by)
    {
        if (wrong is not null)
            throw new InvalidOperationException($"'{name}': {wrong} ({by})");
        Console.WriteLine($"'{name}': the connection works ({by})");
    }
}
