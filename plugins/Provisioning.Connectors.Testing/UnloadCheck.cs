using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Provisioning.Connectors.Testing;

/// <summary>Loads the connector a second time as the host loads a plugin, uses it, unloads it, and looks whether its code leaves memory.</summary>
internal static class UnloadCheck
{
    public const string Name = "unload-leaves-nothing";

    private const int Collections = 20;

    public static async Task RunAsync(IConnectorFactory factory, object settings, ConnectorContext context, ConformanceData data, CancellationToken cancellationToken)
    {
        var code = await UseAsync(factory.GetType(), settings, context, data, cancellationToken);
        for (var i = 0; i < Collections && code.IsAlive; i++)
        {
            ClearCaches();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        Expect.That(
            !code.IsAlive,
            "the code must leave memory after its connectors were disposed; look for timers, threads, static events, and JSON by reflection (use a JsonSerializerContext)");
    }

    // Apart, so that no local variable keeps the code alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync(
        Type factoryType, object settings, ConnectorContext context, ConformanceData data, CancellationToken cancellationToken)
    {
        var copy = new PluginLoadContext(factoryType.Assembly.Location);
        try
        {
            var type = copy.LoadFromAssemblyPath(factoryType.Assembly.Location).GetType(factoryType.FullName!)!;
            var factory = (IConnectorFactory)Activator.CreateInstance(type)!;
            var bound = SettingsCopy.Make(settings, factory.SettingsType);
            await using var connector = factory.Create(bound, context);
            await WorkAsync(connector, data, cancellationToken);
        }
        finally
        {
            copy.Unload();
        }

        return new WeakReference(copy);
    }

    private static async Task WorkAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        if (connector is ICreateAccounts create)
            await create.CreateAsync(account, data.Context(), cancellationToken);
        if (connector is IFindAccounts find)
            await find.FindAsync(ResourceType.User, data.Key(account), data.Context(), cancellationToken);
        if (connector is ITestConnection test)
            await test.TestAsync(data.Context(), cancellationToken);
    }

    // As the host does after unloading: what the framework found out about the types is forgotten.
    private static void ClearCaches()
    {
        foreach (var handler in typeof(JsonSerializer).Assembly.GetCustomAttributes<MetadataUpdateHandlerAttribute>())
        {
            handler.HandlerType.GetMethod("ClearCache", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Type[])])
                ?.Invoke(null, [null]);
        }
    }
}
