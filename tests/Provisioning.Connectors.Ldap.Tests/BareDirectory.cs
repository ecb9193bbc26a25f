using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;

namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>A server that reads the messages of LDAP, and answers each as a test wants it.</summary>
internal abstract class BareDirectory : IDisposable
{
    /// <summary>The numbers of operations (RFC 4511, section 4.2 onwards).</summary>
    protected const int Unbind = 2, Search = 3;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    protected BareDirectory()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = ServeAsync();
    }

    public int Port { get; }

    public void Dispose() => _listener.Dispose();

    /// <summary>Answers one message.</summary>
    protected abstract Task AnswerAsync(Stream stream, int id, int operation);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // It is closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            var message = new AsnReader(buffer.AsMemory(0, read), AsnEncodingRules.BER).ReadSequence();
            var id = (int)message.ReadInteger();
            var operation = message.PeekTag().TagValue;
            if (operation == Unbind)
                return;
            await AnswerAsync(stream, id, operation);
        }
    }
}
