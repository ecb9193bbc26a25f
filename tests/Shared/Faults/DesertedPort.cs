using System.Net;
using System.Net.Sockets;

namespace Provisioning.Testing;

/// <summary>A port of this machine at which nobody listens. It stays taken, so that no server of another test comes to listen there.</summary>
internal static class DesertedPort
{
    private static readonly Socket s_taken = Take();

    public static IPEndPoint Address => (IPEndPoint)s_taken.LocalEndPoint!;

    public static int Number => Address.Port;

    private static Socket Take()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
