using System.ComponentModel;
using System.Reflection;
using System.Reflection.Metadata;
using System.Text.Json;

namespace Provisioning.Plugins;

/// <summary>
/// The framework caches what it found out about types, and such a cache keeps the code of an unloaded plugin in memory: a single
/// (de)serialization of a plugin's type by reflection is enough. The caches can be emptied by the handlers that hot reload uses.
/// </summary>
internal static class FrameworkCaches
{
    private static readonly Assembly[] Caching = [typeof(JsonSerializer).Assembly, typeof(TypeDescriptor).Assembly];

    private static readonly MethodInfo[] Handlers =
    [
        .. Caching.SelectMany(x => x.GetCustomAttributes<MetadataUpdateHandlerAttribute>())
            .Select(x => x.HandlerType.GetMethod("ClearCache", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Type[])]))
            .OfType<MethodInfo>(),
    ];

    public static void Clear()
    {
        foreach (var handler in Handlers)
            handler.Invoke(null, [null]);
    }
}
