using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.Plugins.Calls;

namespace Provisioning.Plugins.Isolation;

/// <summary>The host's end of one child process, from its start to its end.</summary>
internal sealed class ChildLink : IAsyncDisposable
{
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly MessageStream _messages;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<long, PendingCall> _pending = new();
    private readonly TaskCompletionSource<OpenAnswer> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastId;
    private volatile string? _killedFor;

    private ChildLink(Process process, ILogger logger)
    {
        _process = process;
        _logger = logger;
        _messages = new(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
                _logger.LogDebug("plugin process {Process}: {Line}", process.Id, text);
        };
        process.BeginErrorReadLine();
    }

    public OpenAnswer Answer => _opened.Task.Result;

    /// <summary>How the process ended; completes when it has.</summary>
    public Task<string> Ended => _ended.Task;

    public static async Task<ChildLink> StartAsync(ChildLauncher launcher, OpenRequest request, ILogger logger, CancellationToken cancellationToken)
    {
        var link = new ChildLink(launcher.Start(), logger);
        try
        {
            _ = Task.Run(link.ReadAsync, CancellationToken.None);
            await link.SendAsync(new(MessageKind.Open, 0) { Open = request });
            var answer = await link._opened.Task.WaitAsync(cancellationToken);
            return answer.Protocol == ChildMessage.Protocol ? link : throw new ChildEndedException($"it speaks protocol {answer.Protocol}; restart the host");
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    public async Task<PendingCall> BeginAsync(ConnectorCall call, OperationContext context)
    {
        var pending = new PendingCall(Interlocked.Increment(ref _lastId), context.Log);
        _pending[pending.Id] = pending;
        await SendAsync(new(MessageKind.Call, pending.Id)
        {
            Call = call, Facts = new(context.OperationId, context.Attempt, context.Deadline),
        });

        // It may have ended between the two steps.
        if (_ended.Task.IsCompleted)
            pending.End(new ChildEndedException(await _ended.Task));
        return pending;
    }

    public Task CancelAsync(PendingCall call) => SendAsync(new(MessageKind.Cancel, call.Id));

    public Task TakenAsync(PendingCall call, int count) => SendAsync(new(MessageKind.Taken, call.Id) { Count = count });

    public void Forget(PendingCall call) => _pending.TryRemove(call.Id, out _);

    public void Kill(string reason)
    {
        _killedFor ??= reason;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    /// <summary>Closes the pipe, which tells it to end, and ends it if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _ended.Task.WaitAsync(ExitLimit);
        }
        catch (TimeoutException)
        {
            Kill("it did not end when it was told to");
            await _ended.Task;
        }

        _process.Dispose();
        _messages.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _messages.ReadAsync() is { } message)
                Take(message);
        }
        catch (Exception exception)
        {
            Kill($"it sent what is no message ({exception.Message})");
        }

        await _process.WaitForExitAsync();
        var how = _killedFor ?? $"it ended with exit code {_process.ExitCode}";
        _ended.TrySetResult(how);
        _opened.TrySetException(new ChildEndedException(how));
        foreach (var pending in _pending.Values)
            pending.End(new ChildEndedException(how));
    }

    private void Take(ChildMessage message)
    {
        if (message is { Kind: MessageKind.Opened, Opened: { } answer })
            _opened.TrySetResult(answer);
        else if (message is { Kind: MessageKind.Failed, Id: 0 })
            _opened.TrySetException(ChildFailure.ToException(message.Failure!));
        else if (_pending.TryGetValue(message.Id, out var pending))
            pending.Take(message);
    }

    private async Task SendAsync(ChildMessage message)
    {
        try
        {
            await _messages.WriteAsync(message);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The pipe is broken: whoever waits for an answer learns from the end of the process.
        }
    }
}
