using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>
/// Compares references before loading: an assembly made for another major version of the contract would fail
/// with a missing method or, worse, a type that is not the host's.
/// </summary>
internal static class ReferenceCheck
{
    public static void Run(string folder, string entryAssembly)
    {
        var host = typeof(IConnector).Assembly.GetName().Version!;
        if (ReferenceIn(Path.Combine(folder, entryAssembly), entryAssembly) is null)
            throw new PluginRefusedException(PluginState.LoadFailed, $"'{entryAssembly}' does not reference {PluginSteps.SharedAssembly}: it has no connectors");

        foreach (var file in Directory.EnumerateFiles(folder, "*.dll"))
        {
            if (ReferenceIn(file, entryAssembly) is { } version && version.Major != host.Major)
                throw new PluginRefusedException(
                    PluginState.IncompatibleContract,
                    $"'{Path.GetFileName(file)}' references {PluginSteps.SharedAssembly} {version.Major}.x and this host has {host.Major}.x");
        }
    }

    private static Version? ReferenceIn(string file, string entryAssembly)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var image = new PEReader(stream);
            if (image.HasMetadata)
            {
                var metadata = image.GetMetadataReader();
                return metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
                    .Where(x => metadata.StringComparer.Equals(x.Name, PluginSteps.SharedAssembly)).Select(x => x.Version).FirstOrDefault();
            }
        }
        catch (BadImageFormatException)
        {
        }

        // A native library beside the plugin is none of our business.
        if (Path.GetFileName(file) != entryAssembly)
            return null;
        throw new PluginRefusedException(PluginState.LoadFailed, $"'{entryAssembly}' is no .NET assembly");
    }
}
