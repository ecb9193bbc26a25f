using Provisioning.Connectors;

namespace Provisioning.Core.Converging;

/// <summary>Why an attempt did not end in <c>Done</c>.</summary>
public sealed record Failure(FailureKind Kind, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>Another account of ours is in the way for a moment: a caller who has time left tries again.</summary>
    public bool IsWait { get; init; }

    /// <summary>The host itself failed, and not the target.</summary>
    public bool IsOurs { get; init; }

    public static Failure From(Exception exception) => exception switch
    {
        ConnectorException connector => new Failure(connector.Kind, connector.Message, connector.RetryAfter) { IsWait = connector.TargetCode == AttemptContext.WaitCode },

        LedgerFault fault => new Failure(FailureKind.Transient, fault.Message) { IsOurs = true },

        // The call may have reached the target before the time was up.
        OperationCanceledException => new Failure(FailureKind.Ambiguous, "the target did not answer in time"),

        // A bug in a connector is nothing that the target said: whether it acted is unknown.
        _ => new Failure(FailureKind.Ambiguous, $"the connector failed with {exception.GetType().Name}: {exception.Message}"),
    };
}
