using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.Plugins.Calls;

namespace Provisioning.Plugins.Isolation;

/// <summary>
/// Makes calls on a connector in a process of its own. When the process ends, whatever was under way fails as what it is
/// (what may have changed the target is ambiguous), and the next call starts another.
/// </summary>
internal sealed class ProcessRoute : ICallRoute
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long a cancelled call may go on before the process is ended: less than the guard's own patience.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(4);

    private readonly Func<CancellationToken, Task<ChildLink>> _start;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PluginHealth _health;
    private readonly RestartPace _pace;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private ChildLink? _link;

    private ProcessRoute(ChildLink first, Func<CancellationToken, Task<ChildLink>> start, PluginHealth health, ILogger logger, TimeProvider time)
    {
        (_link, _start, _health, _logger, _time) = (first, start, health, logger, time);
        _pace = new(time);
        NamesAreUnique = first.Answer.NamesAreUnique;
        Capabilities = [.. RoutedConnector.AllCapabilities.Where(x => first.Answer.Capabilities.Contains(x.Name))];
    }

    public bool NamesAreUnique { get; }

    public IReadOnlyCollection<Type> Capabilities { get; }

    public static async Task<ProcessRoute> StartAsync(
        ChildLauncher launcher, OpenRequest request, PluginHealth health, ILogger logger, TimeProvider time)
    {
        Func<CancellationToken, Task<ChildLink>> start = token => ChildLink.StartAsync(launcher, request, logger, token);
        using var limit = new CancellationTokenSource(StartLimit, time);
        try
        {
            return new(await start(limit.Token), start, health, logger, time);
        }
        catch (Exception exception) when (exception is ChildEndedException or OperationCanceledException)
        {
            throw new ConnectorException(FailureKind.Transient, $"the plugin's process did not start: {exception.Message}");
        }
    }

    public async Task<CallResult> CallAsync(ConnectorCall call, OperationContext context, CancellationToken cancellationToken)
    {
        using var limit = new CallLimit(context.Deadline, _time, cancellationToken);
        var link = await LinkAsync(limit.Token);
        var pending = await link.BeginAsync(call, context);
        try
        {
            return await AnswerAsync(link, pending, pending.Results.ReadAsync(CancellationToken.None).AsTask(), limit.Token);
        }
        catch (Exception exception) when (Translated(exception, call, cancellationToken) is { } translated)
        {
            throw translated;
        }
        finally
        {
            link.Forget(pending);
        }
    }

    public async IAsyncEnumerable<CallResult> StreamAsync(
        ConnectorCall call, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new CallLimit(context.Deadline, _time, cancellationToken);
        var link = await LinkAsync(limit.Token);
        var pending = await link.BeginAsync(call, context);
        var complete = false;
        try
        {
            for (var taken = 1; await NextAsync(link, pending, call, limit.Token, cancellationToken); taken++)
            {
                pending.Results.TryRead(out var result);
                yield return result!;
                if (taken % (ChildSession.Window / 2) == 0)
                    await link.TakenAsync(pending, ChildSession.Window / 2);
            }

            complete = true;
        }
        finally
        {
            link.Forget(pending);
            if (!complete)
                await link.CancelAsync(pending);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _starting.WaitAsync();
        if (_link is { } link)
            await link.DisposeAsync();
        _link = null;
    }

    private async Task<bool> NextAsync(
        ChildLink link, PendingCall pending, ConnectorCall call, CancellationToken limit, CancellationToken cancellationToken)
    {
        limit.ThrowIfCancellationRequested();
        try
        {
            return await AnswerAsync(link, pending, pending.Results.WaitToReadAsync(CancellationToken.None).AsTask(), limit);
        }
        catch (Exception exception) when (Translated(exception, call, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    private async Task<T> AnswerAsync<T>(ChildLink link, PendingCall pending, Task<T> answer, CancellationToken limit)
    {
        try
        {
            return await answer.WaitAsync(limit);
        }
        catch (OperationCanceledException) when (!answer.IsCompleted)
        {
            await link.CancelAsync(pending);
        }

        try
        {
            return await answer.WaitAsync(HangLimit, _time, CancellationToken.None);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            link.Kill("a call ignored its deadline");
            return await answer;
        }
    }

    private async Task<ChildLink> LinkAsync(CancellationToken cancellationToken)
    {
        if (_link is { Ended.IsCompleted: false } running)
            return running;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_link is { Ended.IsCompleted: false } other)
                return other;
            if (_link is { } dead)
            {
                _logger.LogWarning("the process of a plugin ended: {How}; another is started", await dead.Ended);
                await dead.DisposeAsync();
                _link = null;
                _pace.Ended();
                _health.Restarted();
            }

            _pace.ThrowIfTooSoon();
            _pace.Started();
            return _link = await _start(cancellationToken);
        }
        catch (ChildEndedException exception)
        {
            _pace.Ended();
            throw new ConnectorException(FailureKind.Transient, $"the plugin's process did not start: {exception.Message}");
        }
        finally
        {
            _starting.Release();
        }
    }

    private static Exception? Translated(Exception exception, ConnectorCall call, CancellationToken cancellationToken) => exception switch
    {
        ChildEndedException => new ConnectorException(Lost(call), $"the plugin's process is gone: {exception.Message}"),
        OperationCanceledException when cancellationToken.IsCancellationRequested => new OperationCanceledException(cancellationToken),
        OperationCanceledException => new ConnectorException(Lost(call), "the target did not answer in time"),
        System.Threading.Channels.ChannelClosedException { InnerException: { } inner } => Translated(inner, call, cancellationToken) ?? inner,
        _ => null,
    };

    // Reading changes nothing; everything else may have been done.
    private static FailureKind Lost(ConnectorCall call) =>
        call.Kind is CallKind.Find or CallKind.List or CallKind.ListMembers or CallKind.Test or CallKind.Describe ? FailureKind.Transient : FailureKind.Ambiguous;
}
