using System.Reflection;
using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>Finds the factories in a plugin's entry assembly and holds them against what the manifest declares.</summary>
internal static class FactoryFinder
{
    public static Dictionary<string, IConnectorFactory> Find(Assembly assembly, PluginManifest manifest)
    {
        var found = new Dictionary<string, IConnectorFactory>(StringComparer.Ordinal);
        foreach (var type in assembly.GetExportedTypes().Where(x => x.IsClass && !x.IsAbstract && x.IsAssignableTo(typeof(IConnectorFactory))))
        {
            if (type.GetConstructor(Type.EmptyTypes) is null)
                throw Refused($"'{type.FullName}' has no public constructor without parameters");
            var factory = (IConnectorFactory)Activator.CreateInstance(type)!;
            if (!found.TryAdd(factory.Name, factory))
                throw Refused($"two classes deliver connector '{factory.Name}'");
        }

        if (manifest.Connectors.FirstOrDefault(x => !found.ContainsKey(x)) is { } missing)
            throw Refused($"plugin.json declares connector '{missing}' and no public class of '{manifest.EntryAssembly}' delivers it");
        if (found.Keys.FirstOrDefault(x => !manifest.Connectors.Contains(x)) is { } undeclared)
            throw Refused($"delivers connector '{undeclared}', which plugin.json does not declare");
        return found;
    }

    /// <summary>A failure to load, in words; the exception itself is the plugin's and is let go.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: (FileNotFoundException or TypeLoadException or MissingMethodException) and var cause } => Describe(cause),
        TargetInvocationException { InnerException: { } inner } => $"its constructor failed: {inner.GetType().Name}: {inner.Message}",
        TypeLoadException or FileNotFoundException or MissingMethodException =>
            $"does not fit this host or lacks a library: {exception.Message}",
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };

    private static PluginRefusedException Refused(string reason) => new(PluginState.LoadFailed, reason);
}
