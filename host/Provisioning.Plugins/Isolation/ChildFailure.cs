using Provisioning.Connectors;

namespace Provisioning.Plugins.Isolation;

/// <summary>Failures on their way between the processes.</summary>
internal static class ChildFailure
{
    public static CallFailure From(Exception exception) => exception is ConnectorException failure
        ? new(failure.Kind, failure.Message, failure.RetryAfter, failure.TargetCode, null)
        : new(FailureKind.Ambiguous, exception.Message, null, null, exception.GetType().Name);

    /// <summary>Why there is no connector. Nothing was sent to the target.</summary>
    public static CallFailure FromOpening(Exception exception) => exception switch
    {
        ConnectorException => From(exception),
        PluginRefusedException or InvalidDataException => new(FailureKind.Transient, exception.Message, null, null, null),
        _ => new(FailureKind.Rejected, $"the connector could not be made: {exception.GetType().Name}: {exception.Message}", null, null, null),
    };

    public static ConnectorException ToException(CallFailure failure) =>
        new(failure.Kind, failure.Message) { RetryAfter = failure.RetryAfter, TargetCode = failure.TargetCode };
}
