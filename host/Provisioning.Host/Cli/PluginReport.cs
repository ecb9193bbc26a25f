using Provisioning.Host.Configuration;
using Provisioning.Plugins;

namespace Provisioning.Host.Cli;

/// <summary>What the <c>plugins</c> commands print.</summary>
internal static class PluginReport
{
    public static void PrintList(string root, IReadOnlyList<PluginStatus> plugins)
    {
        Console.WriteLine($"{Output.Count(plugins.Count, "plugin")} in '{root}'");
        foreach (var plugin in plugins)
        {
            Console.WriteLine($"{plugin.Id}: '{plugin.Folder}' {plugin.Version ?? "?"}, {plugin.State}, connectors: {Names(plugin.Connectors)}, {SignedBy(plugin)}");
            if (plugin.Reason is not null)
                Console.WriteLine($"    {plugin.Reason}");
        }
    }

    public static void Print(PluginInspection plugin)
    {
        PrintVerdict(plugin);
        if (plugin.Manifest is { } manifest)
        {
            Console.WriteLine($"contract    {manifest.Contract} (this host has {PluginContract.Host})");
            Console.WriteLine($"entry       {manifest.EntryAssembly}");
            Console.WriteLine($"connectors  {Names(manifest.Connectors)}");
            Console.WriteLine($"publisher   {manifest.Publisher ?? "not said"}, {SignedBy(plugin.Status)}");
            Console.WriteLine($"hashes      {(manifest.Files is null ? "not listed; run 'provisioning plugins pack'" : "listed")}");
        }

        foreach (var (path, hash) in plugin.Files)
            Console.WriteLine($"  {hash}  {path}");
    }

    public static void PrintVerdict(PluginInspection plugin)
    {
        var status = plugin.Status;
        if (status.State == PluginState.Ready)
            Console.WriteLine($"'{status.Id}' {status.Version} is ready: {Names(status.Connectors)}, {SignedBy(status)}");
        else
            Console.Error.WriteLine($"'{status.Id}' {status.Version ?? "?"} is {status.State}: {status.Reason}");
    }

    public static void PrintSchemas(PluginInspection plugin)
    {
        foreach (var (name, factory) in plugin.Factories)
            Console.WriteLine($"settings of '{name}':{Environment.NewLine}{SettingsSchema.For(factory.SettingsType).ToJson()}");
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } all ? all : "none";

    private static string SignedBy(PluginStatus status) => status.SignedBy is null ? "nobody vouches for it" : $"signed by '{status.SignedBy}'";
}
