using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>A directory that says yes to everything and answers each search with the same entry, as a test writes it.</summary>
internal sealed class ScriptedDirectory : IDisposable
{
    private const int Bind = 0;
    private const int Unbind = 2;
    private const int Search = 3;
    private const string PagedResults = "1.2.840.113556.1.4.319";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ScriptedDirectory()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = ServeAsync();
    }

    public int Port { get; }

    /// <summary>The attributes of the entry; an attribute may have no value.</summary>
    public IReadOnlyList<(string Name, byte[]? Value)> Entry { get; set; } = [];

    /// <summary>The value of the control for pages; null when the directory sends none.</summary>
    public byte[]? Page { get; set; }

    /// <summary>The operations that were asked for, by the numbers of the protocol.</summary>
    public List<int> Operations { get; } = [];

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

    private async Task AnswerAsync(TcpClient client)
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
            Operations.Add(operation);
            if (operation == Search)
                await stream.WriteAsync(Message(id, 4, WriteEntry));
            // The answer to each operation has the next number, but for signing on and for the end of a search.
            await stream.WriteAsync(Message(id, operation is Search ? 5 : operation + 1, WriteSuccess, operation == Search ? Page : null));
        }
    }

    private void WriteEntry(AsnWriter writer)
    {
        WriteText(writer, "uid=x,ou=people,dc=example,dc=com");
        using var _ = writer.PushSequence();
        foreach (var (name, value) in Entry)
        {
            using var attribute = writer.PushSequence();
            WriteText(writer, name);
            using var values = writer.PushSetOf();
            if (value is not null)
                writer.WriteOctetString(value);
        }
    }

    private static void WriteSuccess(AsnWriter writer)
    {
        writer.WriteEncodedValue([0x0A, 0x01, 0x00]);
        WriteText(writer, "");
        WriteText(writer, "");
    }

    private static byte[] Message(int id, int operation, Action<AsnWriter> content, byte[]? page = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, operation, isConstructed: true)))
                content(writer);
            if (page is not null)
            {
                using var controls = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true));
                using var control = writer.PushSequence();
                WriteText(writer, PagedResults);
                writer.WriteOctetString(page);
            }
        }

        return writer.Encode();
    }

    private static void WriteText(AsnWriter writer, string text) => writer.WriteOctetString(Encoding.UTF8.GetBytes(text));
}
