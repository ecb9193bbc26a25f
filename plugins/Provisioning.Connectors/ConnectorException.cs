namespace Provisioning.Connectors;

/// <summary>The one exception a connector throws on purpose. It must never carry a secret.</summary>
public sealed class ConnectorException : Exception
{
    /// <summary>Creates a failure.</summary>
    /// <param name="kind">How the host should recover.</param>
    /// <param name="message">What happened, in words an operator can act on; lower case, no full stop.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ConnectorException(FailureKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>How the host should recover.</summary>
    public FailureKind Kind { get; }

    /// <summary>The pause the target asked for, when <see cref="Kind"/> is <see cref="FailureKind.Throttled"/> or <see cref="FailureKind.Transient"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The target's own code for the failure, for example an HTTP status and a <c>scimType</c>.</summary>
    public string? TargetCode { get; init; }
}
