using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using Provisioning.Connectors;

namespace Provisioning.Plugins.Calls;

/// <summary>
/// Capability = interface, so what stands in front of a connector must implement exactly its interfaces. For each combination
/// that occurs a class is made once that derives from <see cref="RoutedConnector"/> and only adds the names of the interfaces.
/// </summary>
internal static class ConnectorShells
{
    /// <summary>The assembly that the classes live in; it sees the internals of this one.</summary>
    public const string AssemblyName = "Provisioning.Plugins.Shells";

    private static readonly ModuleBuilder Module =
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(AssemblyName), AssemblyBuilderAccess.Run).DefineDynamicModule(AssemblyName);

    private static readonly ConcurrentDictionary<string, Lazy<Type>> Types = new(StringComparer.Ordinal);

    public static IConnector Create(ICallRoute route)
    {
        var capabilities = RoutedConnector.AllCapabilities.Where(route.Capabilities.Contains).ToList();
        var name = string.Join('+', capabilities.Select(x => x.Name));
        var type = Types.GetOrAdd(name, _ => new(() => Define(name, capabilities))).Value;
        var connector = (RoutedConnector)Activator.CreateInstance(type)!;
        connector.Route = route;
        return connector;
    }

    private static Type Define(string name, IEnumerable<Type> capabilities)
    {
        var type = Module.DefineType($"Connector:{name}", TypeAttributes.Sealed | TypeAttributes.NotPublic, typeof(RoutedConnector));
        foreach (var capability in capabilities)
            type.AddInterfaceImplementation(capability);
        return type.CreateType();
    }
}
