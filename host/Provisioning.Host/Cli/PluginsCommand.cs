using System.CommandLine;
using Provisioning.Host.Configuration;
using Provisioning.Plugins;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning plugins list | inspect | verify | pack | sign | test-connection</c>.</summary>
internal static class PluginsCommand
{
    public static Command Build(Option<string> config, Option<string> plugins, Option<string> data)
    {
        var folder = new Argument<string>("folder") { Description = "The folder of one plugin." };
        return new Command("plugins", "Plugins and their connectors.")
        {
            List(config, plugins), Inspect(config, folder), Verify(config, folder), Pack(folder), Sign(folder), TestConnectionCommand.Build(config, plugins, data),
        };
    }

    private static Command List(Option<string> config, Option<string> plugins)
    {
        var list = new Command("list", "Shows every plugin in the plugins folder, with the reason of each that is not ready.") { config, plugins };
        list.SetAction((result, _) => Guard(() =>
        {
            using var scratch = new ScratchFolder();
            var trust = PluginTrustFile.Read(result.GetValue(config)!);
            var root = Path.GetFullPath(result.GetValue(plugins)!);
            var catalog = new PluginCatalog(root, scratch.Path, trust, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TimeProvider.System);
            catalog.Refresh();
            PluginReport.PrintList(root, catalog.Plugins);
            return 0;
        }));
        return list;
    }

    private static Command Inspect(Option<string> config, Argument<string> folder)
    {
        var schema = new Option<bool>("--schema") { Description = "Print the JSON schemas of the connectors' settings." };
        var inspect = new Command("inspect", "Shows what a plugin is made of and delivers.") { folder, config, schema };
        inspect.SetAction((result, _) => Guard(() => Look(result.GetValue(folder)!, result.GetValue(config)!, x =>
        {
            PluginReport.Print(x);
            if (result.GetValue(schema))
                PluginReport.PrintSchemas(x);
        })));
        return inspect;
    }

    private static Command Verify(Option<string> config, Argument<string> folder)
    {
        var verify = new Command("verify", "Checks files, signature and contract, and loads the code; exit code 1 if the host would refuse it.") { folder, config };
        verify.SetAction((result, _) => Guard(() => Look(result.GetValue(folder)!, result.GetValue(config)!, PluginReport.PrintVerdict)));
        return verify;
    }

    private static Command Pack(Argument<string> folder)
    {
        var publisher = new Option<string?>("--publisher") { Description = "The publisher to write into the manifest." };
        var pack = new Command("pack", "Writes the hash of every file into plugin.json and removes an old signature.") { folder, publisher };
        pack.SetAction((result, _) => Guard(() =>
        {
            var manifest = PluginPacker.Pack(result.GetValue(folder)!, result.GetValue(publisher));
            Console.WriteLine($"packed '{manifest.Id}' {manifest.Version}: {manifest.Files!.Count} files");
            return 0;
        }));
        return pack;
    }

    private static Command Sign(Argument<string> folder)
    {
        var key = new Option<string>("--key") { Description = "A file with the publisher's private elliptic-curve key in PEM.", Required = true };
        var sign = new Command("sign", "Signs a packed plugin.") { folder, key };
        sign.SetAction((result, _) => Guard(() =>
        {
            var manifest = PluginPacker.Sign(result.GetValue(folder)!, File.ReadAllText(result.GetValue(key)!));
            Console.WriteLine($"signed '{manifest.Id}' {manifest.Version} for publisher '{manifest.Publisher}'");
            return 0;
        }));
        return sign;
    }

    private static int Look(string folder, string config, Action<PluginInspection> print)
    {
        using var scratch = new ScratchFolder();
        using var inspection = PluginInspection.Run(Path.GetFullPath(folder), PluginTrustFile.Read(config), scratch.Path, TimeProvider.System);
        print(inspection);
        return inspection.Status.State == PluginState.Ready ? 0 : 1;
    }

    private static async Task<int> Guard(Func<int> action)
    {
        var code = 0;
        var failed = await CommandLine.GuardAsync(() =>
        {
            code = action();
            return Task.CompletedTask;
        });
        return failed == 0 ? code : failed;
    }
}
