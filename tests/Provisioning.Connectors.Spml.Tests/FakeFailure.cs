namespace Provisioning.Connectors.Spml.Tests;

/// <summary>A failure with an error code of the standard.</summary>
internal sealed class FakeFailure(string error, string message) : Exception(message)
{
    public string Error { get; } = error;
}
