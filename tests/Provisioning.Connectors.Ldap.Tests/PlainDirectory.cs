using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;

namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>A directory that has nothing, and answers every extended operation, StartTLS among them, with "protocol error".</summary>
internal sealed class PlainDirectory : IDisposable
{
    private const byte SearchDone = 0x65;
    private const byte ExtendedResponse = 0x78;
    private const byte ProtocolError = 2;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public PlainDirectory()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = ServeAsync();
    }

    public int Port { get; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // It is closed.
        }
    }

    private static async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            var message = new AsnReader(buffer.AsMemory(0, read), AsnEncodingRules.BER).ReadSequence();
            var id = (byte)message.ReadInteger();
            var isSearch = message.PeekTag().TagValue == 3;
            await stream.WriteAsync(new byte[] { 0x30, 0x0C, 0x02, 0x01, id, isSearch ? SearchDone : ExtendedResponse, 0x07, 0x0A, 0x01, isSearch ? (byte)0 : ProtocolError, 0x04, 0x00, 0x04, 0x00 });
        }
    }
}
