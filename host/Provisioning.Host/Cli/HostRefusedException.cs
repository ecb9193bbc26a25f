namespace Provisioning.Host.Cli;

/// <summary>The host answered, and the answer is no.</summary>
internal sealed class HostRefusedException(int status, string message) : InvalidOperationException(message)
{
    public int Status { get; } = status;
}
