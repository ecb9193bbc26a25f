namespace Provisioning.Host.Api;

/// <summary>A request that cannot be done as it is: the fault of whoever sent it.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">Names the wrong value and says what is wrong with it.</param>
internal sealed class RequestException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;
}
