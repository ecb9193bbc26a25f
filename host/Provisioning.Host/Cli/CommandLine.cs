using System.CommandLine;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Cli;

/// <summary>The commands of <c>provisioning</c>.</summary>
internal static class CommandLine
{
    public static RootCommand Build()
    {
        var source = SettingSource.OfThisMachine();
        var config = source.Option("--config", "Folder with service-providers/ and identity-providers/.", HostSettings.DefaultConfig);
        var policies = source.Option("--policies", "Folder with policy files.", HostSettings.DefaultPolicies);
        var plugins = source.Option("--plugins", "Folder with one folder per plugin.", HostSettings.DefaultPlugins);
        var data = source.Option("--data", "Folder for the databases, secrets and files the host writes.", HostSettings.DefaultData);
        var urls = source.Option("--urls", "Where to listen, as in https://*:443; several with ';' between them.", HostSettings.DefaultUrls);
        var publicUrl = source.Optional(
            "--public-url", "Where clients find the host, if not where it listens (behind a proxy): the address that locations begin with, as in https://provisioning.example.com.");
        var database = source.Optional(
            "--database", "A PostgreSQL connection string, or env:NAME, file:PATH or credential:NAME where it is; without it, SQLite in the data folder.");
        var certificate = source.Optional("--certificate", "Certificate for https: a PEM file, a PKCS#12 file (.pfx), or store:SUBJECT. A changed file is taken at once.");
        var certificateKey = source.Optional("--certificate-key", "PEM file with the key, if it is not in the file of the certificate.");
        var certificatePassword = source.Optional("--certificate-password", "Password of the key, as env:NAME, file:PATH or credential:NAME.");
        var proxies = source.Optional("--proxies", "Proxies that may say where a request comes from (X-Forwarded-For, -Proto, -Host): addresses and networks, as in 10.0.0.5,10.1.0.0/16.");
        var allowedHosts = source.Optional("--allowed-hosts", "Host names that clients may use, with ',' between them; any without it.");
        Option[] settings = [config, policies, plugins, data, urls, publicUrl, certificate, certificateKey, certificatePassword, proxies, allowedHosts, database];

        Task<int> Run(ParseResult result, CancellationToken cancellationToken) => HostRunner.RunAsync(
            new HostSettings(
                Path.GetFullPath(result.GetValue(config)!), Path.GetFullPath(result.GetValue(policies)!),
                Path.GetFullPath(result.GetValue(plugins)!), Path.GetFullPath(result.GetValue(data)!), result.GetValue(urls)!, result.GetValue(database))
            {
                PublicUrl = result.GetValue(publicUrl),
                Certificate = result.GetValue(certificate),
                CertificateKey = result.GetValue(certificateKey),
                CertificatePassword = result.GetValue(certificatePassword),
                Proxies = result.GetValue(proxies),
                AllowedHosts = result.GetValue(allowedHosts),
            },
            cancellationToken);

        var run = new Command("run", "Run the host (the default).");
        run.SetAction(Run);
        var root = new RootCommand("Provisions users to identity providers, as policies decide.")
        {
            run, UsersCommand.Build(data), AssignmentsCommand.Build(data), ParkedCommand.Build(data), PlansCommand.Build(data), StatusCommand.Build(data), NodesCommand.Build(data),
            ExplainCommand.Build(data), ConnectorsCommand.Build(config, plugins),
            TargetsCommand.Build(data), ConfigCommand.Build(config, plugins, data),
            PluginsCommand.Build(config, plugins, data), PoliciesCommand.Build(), PdpCommand.Build(),
        };
        foreach (var option in settings)
        {
            run.Options.Add(option);
            root.Options.Add(option);
        }

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
}
