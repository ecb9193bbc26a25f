using System.Net;
using System.Net.Sockets;

namespace Provisioning.Connectors.Testing;

/// <summary>Stands between a connector and its target and breaks the line where a check wants it. Speaks no protocol: it passes bytes.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly IPEndPoint _target;
    private readonly HashSet<Socket> _open = [];
    private Socket? _listener;
    private int? _answersLeft;
    private bool _stalled;
    private TaskCompletionSource _request = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts to pass everything to a target on this machine.</summary>
    public FaultProxy(IPEndPoint target)
    {
        _target = target;
        EndPoint = new IPEndPoint(IPAddress.Loopback, 0);
        Listen();
        EndPoint = (IPEndPoint)_listener!.LocalEndPoint!;
    }

    /// <summary>Where the connector has to connect to.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Completes when a request was seen while stalled.</summary>
    public Task RequestSeen => _request.Task;

    /// <summary>Passes everything again.</summary>
    public void Pass()
    {
        lock (_gate)
        {
            (_answersLeft, _stalled) = (null, false);
            if (_listener is null)
                Listen();
        }
    }

    /// <summary>Passes a number of answers of the target, then cuts every connection in place of the next one. The request was delivered.</summary>
    public void CutAfter(int answers)
    {
        lock (_gate)
            _answersLeft = answers;
    }

    /// <summary>Delivers requests and holds back every answer.</summary>
    public void Stall()
    {
        lock (_gate)
        {
            _request = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _stalled = true;
        }
    }

    /// <summary>Refuses connections and closes those that are open.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
            CloseAll();
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Refuse();
        return ValueTask.CompletedTask;
    }

    private void Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(EndPoint);
        listener.Listen();
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The listener was closed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var target = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        lock (_gate)
            _open.UnionWith([client, target]);
        try
        {
            await target.ConnectAsync(_target);
            await Task.WhenAny(PumpAsync(client, target, SeeRequest), PumpAsync(target, client, MayAnswer));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side is gone, so the other is closed below.
        }

        lock (_gate)
            _open.ExceptWith([client, target]);
        client.Dispose();
        target.Dispose();
    }

    private static async Task PumpAsync(Socket from, Socket to, Func<bool> mayPass)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer.AsMemory())) > 0)
            {
                if (!mayPass())
                    continue;
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side is gone.
        }
    }

    private bool SeeRequest()
    {
        lock (_gate)
        {
            if (_stalled)
                _request.TrySetResult();
        }

        return true;
    }

    private bool MayAnswer()
    {
        lock (_gate)
        {
            if (_stalled)
                return false;
            if (_answersLeft is not { } left)
                return true;
            if (left == 0)
                CloseAll();
            else
                _answersLeft = left - 1;
            return left > 0;
        }
    }

    private void CloseAll()
    {
        foreach (var socket in _open)
            socket.Dispose();
        _open.Clear();
    }
}
