using System.Threading.Channels;
using Provisioning.Plugins.Calls;

namespace Provisioning.Plugins.Isolation;

/// <summary>A call that a child process works on: its results as they come. The window keeps them few.</summary>
internal sealed class PendingCall(long id, Action<string> log)
{
    private readonly Channel<CallResult> _results = Channel.CreateUnbounded<CallResult>();

    public long Id => id;

    public ChannelReader<CallResult> Results => _results.Reader;

    public void Take(ChildMessage message)
    {
        switch (message.Kind)
        {
            case MessageKind.Result:
                _results.Writer.TryWrite(message.Result!);
                break;
            case MessageKind.End:
                _results.Writer.TryComplete();
                break;
            case MessageKind.Failed when message.Failure!.Unexpected is { } type:
                End(new UnexpectedChildException(type, message.Failure.Message));
                break;
            case MessageKind.Failed:
                End(ChildFailure.ToException(message.Failure!));
                break;
            case MessageKind.Cancelled:
                End(new OperationCanceledException());
                break;
            case MessageKind.Log:
                log(message.Line!);
                break;
        }
    }

    public void End(Exception exception) => _results.Writer.TryComplete(exception);
}
