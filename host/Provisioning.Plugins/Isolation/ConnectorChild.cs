using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Connectors;
using Provisioning.Plugins.Calls;

namespace Provisioning.Plugins.Isolation;

/// <summary>The child process: loads one plugin, makes one connector, and serves calls until the host is gone.</summary>
public static class ConnectorChild
{
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Serves on standard input and output. Returns the exit code.</summary>
    public static async Task<int> RunAsync()
    {
        var output = Console.OpenStandardOutput();

        // What a plugin prints must not get between the messages.
        Console.SetOut(Console.Error);
        Console.SetIn(TextReader.Null);

        // The terminal and the service manager signal every process of the host; this one ends when its pipe does, after its calls.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, x => x.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, x => x.Cancel = true);
        return await RunAsync(Console.OpenStandardInput(), output);
    }

    /// <summary>Serves on any pair of streams.</summary>
    public static async Task<int> RunAsync(Stream input, Stream output)
    {
        using var messages = new MessageStream(input, output);
        if (await messages.ReadAsync() is not { Kind: MessageKind.Open, Open: { } request })
            return 1;
        if (await OpenAsync(messages, request) is not { } route)
            return 1;
        await new ChildSession(messages, route).ServeAsync();
        await route.DisposeAsync().AsTask().WaitAsync(DisposeLimit);
        return 0;
    }

    private static async Task<DirectRoute?> OpenAsync(MessageStream messages, OpenRequest request)
    {
        try
        {
            var route = new DirectRoute(Make(request));
            await messages.WriteAsync(new(MessageKind.Opened, 0)
            {
                Opened = new(ChildMessage.Protocol, route.NamesAreUnique, [.. route.Capabilities.Select(x => x.Name)]),
            });
            return route;
        }
        catch (Exception exception)
        {
            await messages.WriteAsync(new(MessageKind.Failed, 0) { Failure = ChildFailure.FromOpening(exception) });
            return null;
        }
    }

    private static IConnector Make(OpenRequest request)
    {
        if (request.Protocol != ChildMessage.Protocol)
            throw new InvalidDataException($"the host speaks protocol {request.Protocol} and this executable {ChildMessage.Protocol}; restart the host");
        var verified = PluginVerifier.Verify(request.Folder, PluginTrust.Anyone);
        if (verified.Files.Hash != request.Hash)
            throw new PluginRefusedException(PluginState.Tampered, $"'{request.Folder}' is not what the host verified");
        var plugin = LoadedPlugin.Load(verified, request.Folder, NullLogger.Instance, TimeProvider.System);
        return plugin.Factories[request.Connector].Open(
            x => SettingsWire.Read(request.Settings, x), new ConnectorContext(request.IdentityProvider, request.BaseDirectory, TimeProvider.System));
    }
}
