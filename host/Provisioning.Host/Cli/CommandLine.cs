using System.CommandLine;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Cli;

/// <summary>The commands of <c>provisioning</c>.</summary>
internal static class CommandLine
{
    public static RootCommand Build()
    {
        var config = Place("--config", "Folder with service-providers/ and identity-providers/.", HostSettings.DefaultConfig);
        var policies = Place("--policies", "Folder with policy files.", HostSettings.DefaultPolicies);
        var plugins = Place("--plugins", "Folder with one folder per plugin.", HostSettings.DefaultPlugins);
        var data = Place("--data", "Folder for the databases, secrets and files the host writes.", HostSettings.DefaultData);
        var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => HostSettings.DefaultUrls };
        var publicUrl = new Option<string?>("--public-url")
        {
            Description = "Where clients find the host, if not where it listens (behind a proxy): the address that locations begin with, as in https://provisioning.example.com.",
        };
        var database = new Option<string?>("--database")
        {
            Description = "A PostgreSQL connection string, or env:NAME, file:PATH or credential:NAME where it is; without it, SQLite in the data folder.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(HostSettings.DatabaseVariable),
        };

        Task<int> Run(ParseResult result, CancellationToken cancellationToken) => HostRunner.RunAsync(
            new HostSettings(
                Path.GetFullPath(result.GetValue(config)!), Path.GetFullPath(result.GetValue(policies)!),
                Path.GetFullPath(result.GetValue(plugins)!), Path.GetFullPath(result.GetValue(data)!), result.GetValue(urls)!, result.GetValue(database))
            {
                PublicUrl = result.GetValue(publicUrl),
            },
            cancellationToken);

        var run = new Command("run", "Run the host (the default).") { config, policies, plugins, data, urls, publicUrl, database };
        run.SetAction(Run);
        var root = new RootCommand("Provisions users to identity providers, as policies decide.")
        {
            run, UsersCommand.Build(data), AssignmentsCommand.Build(data), ParkedCommand.Build(data), PlansCommand.Build(data), StatusCommand.Build(data), NodesCommand.Build(data),
            ExplainCommand.Build(data), ConnectorsCommand.Build(config, plugins),
            TargetsCommand.Build(data), ConfigCommand.Build(config, plugins, data),
            PluginsCommand.Build(config, plugins, data), PoliciesCommand.Build(), PdpCommand.Build(),
        };
        foreach (var option in (Option[])[config, policies, plugins, data, urls, publicUrl, database])
            root.Options.Add(option);
        root.SetAction(Run);
        return root;
    }

    /// <summary>Turns expected failures into one line on standard error and exit code 1.</summary>
    public static async Task<int> GuardAsync(Func<Task> action)
    {
        try
        {
            await action();
            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or IOException or UnauthorizedAccessException or ConfigurationException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static Option<string> Place(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
