using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Connectors;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Plugins;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning plugins test-connection IDP</c>: the connector's own test, with the settings as configured.</summary>
internal static class TestConnectionCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Command Build(Option<string> config, Option<string> plugins, Option<string> data)
    {
        var name = new Argument<string>("identity-provider") { Description = "The name of a configured identity provider." };
        var command = new Command("test-connection", "Says in a sentence what is wrong with an identity provider; exit code 1 if something is.") { name, config, plugins, data };
        command.SetAction((result, ct) => CommandLine.GuardAsync(() => RunAsync(
            result.GetValue(name)!, Path.GetFullPath(result.GetValue(config)!), Path.GetFullPath(result.GetValue(plugins)!), Path.GetFullPath(result.GetValue(data)!), ct)));
        return command;
    }

    private static async Task RunAsync(string name, string config, string plugins, string data, CancellationToken cancellationToken)
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
        if (await TestAsync(pool, provider, cancellationToken) is { } wrong)
            throw new InvalidOperationException($"'{name}': {wrong}");
        Console.WriteLine($"'{name}': the connection works");
    }

    private static async Task<string?> TestAsync(ConnectorPool pool, Core.Configuration.IdentityProvider provider, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var hold = pool.Acquire(provider);
            if (hold.Connector is not ITestConnection test)
                return $"the connector '{provider.Connector}' cannot test its connection";
            var context = new OperationContext("test-connection", 1, TimeProvider.System.GetUtcNow() + Limit, Console.Error.WriteLine);
            return await test.TestAsync(context, limit.Token);
        }
        catch (ConnectorException exception)
        {
            return $"{exception.Kind}: {exception.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the target did not answer within {Limit.TotalSeconds:0} seconds";
        }
    }
}
