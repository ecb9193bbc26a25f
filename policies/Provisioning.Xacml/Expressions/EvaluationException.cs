namespace Provisioning.Xacml;

/// <summary>An expression has no value for this request. Caught where the standard says Indeterminate; never leaves the engine.</summary>
internal sealed class EvaluationException(string statusCode, string message) : Exception(message)
{
    public Status Status { get; } = new(statusCode, message);
}
