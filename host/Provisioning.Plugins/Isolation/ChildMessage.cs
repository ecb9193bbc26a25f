using Provisioning.Connectors;
using Provisioning.Plugins.Calls;

namespace Provisioning.Plugins.Isolation;

/// <summary>One message between the host and a child process. Only what its kind needs is set.</summary>
/// <param name="Id">The call it belongs to; 0 for opening.</param>
internal sealed record ChildMessage(MessageKind Kind, long Id)
{
    /// <summary>The version of these messages. Both ends are the same executable, save while an update is half installed.</summary>
    public const int Protocol = 1;

    public OpenRequest? Open { get; init; }

    public OpenAnswer? Opened { get; init; }

    public ConnectorCall? Call { get; init; }

    public CallFacts? Facts { get; init; }

    public CallResult? Result { get; init; }

    public CallFailure? Failure { get; init; }

    public int Count { get; init; }

    public string? Line { get; init; }
}

/// <summary>What the child needs to make the connector.</summary>
/// <param name="Hash">The content hash of the folder, as the host verified it.</param>
/// <param name="Settings">The settings as JSON, secrets in clear text.</param>
internal sealed record OpenRequest(
    int Protocol, string Folder, string Hash, string Connector, string Settings, string IdentityProvider, string BaseDirectory);

/// <summary>What the host must know of the connector.</summary>
internal sealed record OpenAnswer(int Protocol, bool NamesAreUnique, IReadOnlyList<string> Capabilities);

/// <summary>The facts of a call; its log lines come back as messages.</summary>
internal sealed record CallFacts(string OperationId, int Attempt, DateTimeOffset Deadline);

/// <summary>A <see cref="ConnectorException"/>, or what an exception of another type says.</summary>
/// <param name="Unexpected">The type of an exception that is no <see cref="ConnectorException"/>, else null.</param>
internal sealed record CallFailure(FailureKind Kind, string Message, TimeSpan? RetryAfter, string? TargetCode, string? Unexpected);
