using System.Collections.Concurrent;
using Provisioning.Connectors;
using Provisioning.Plugins.Calls;

namespace Provisioning.Plugins.Isolation;

/// <summary>Serves the calls of one connector in the child process, many at once.</summary>
internal sealed class ChildSession(MessageStream messages, ICallRoute route)
{
    /// <summary>So many elements of a stream are sent ahead of what the host has taken.</summary>
    public const int Window = 512;

    private readonly ConcurrentDictionary<long, Running> _running = new();

    public async Task ServeAsync()
    {
        while (await messages.ReadAsync() is { } message)
        {
            switch (message.Kind)
            {
                case MessageKind.Call:
                    var running = _running[message.Id] = new Running();
                    _ = Task.Run(() => RunAsync(message, running));
                    break;
                case MessageKind.Cancel when _running.TryGetValue(message.Id, out var cancelled):
                    // On another thread: what the plugin registered for it must not hold up the other calls.
                    _ = cancelled.Cancellation.CancelAsync();
                    break;
                case MessageKind.Taken when _running.TryGetValue(message.Id, out var streaming):
                    streaming.Window.Release(message.Count);
                    break;
            }
        }
    }

    private async Task RunAsync(ChildMessage message, Running running)
    {
        var facts = message.Facts!;
        var context = new OperationContext(
            facts.OperationId, facts.Attempt, facts.Deadline, line => _ = messages.WriteAsync(new(MessageKind.Log, message.Id) { Line = line }));
        var token = running.Cancellation.Token;
        ChildMessage answer;
        try
        {
            answer = message.Call!.Kind is CallKind.List or CallKind.ListMembers
                ? await StreamAsync(message, context, running)
                : new(MessageKind.Result, message.Id) { Result = await route.CallAsync(message.Call, context, token) };
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            answer = new(MessageKind.Cancelled, message.Id);
        }
        catch (Exception exception)
        {
            answer = new(MessageKind.Failed, message.Id) { Failure = ChildFailure.From(exception) };
        }

        _running.TryRemove(message.Id, out _);
        await messages.WriteAsync(answer);
    }

    private async Task<ChildMessage> StreamAsync(ChildMessage message, OperationContext context, Running running)
    {
        await foreach (var element in route.StreamAsync(message.Call!, context, running.Cancellation.Token))
        {
            await running.Window.WaitAsync(running.Cancellation.Token);
            await messages.WriteAsync(new(MessageKind.Result, message.Id) { Result = element });
        }

        return new(MessageKind.End, message.Id);
    }

    private sealed class Running
    {
        public CancellationTokenSource Cancellation { get; } = new();

        public SemaphoreSlim Window { get; } = new(ChildSession.Window);
    }
}
