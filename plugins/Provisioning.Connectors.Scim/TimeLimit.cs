namespace Provisioning.Connectors.Scim;

/// <summary>Tells our own time limit from the caller's cancellation.</summary>
internal static class TimeLimit
{
    public static async Task<T> Guard<T>(this Task<T> task, CancellationToken caller)
    {
        try
        {
            return await task;
        }
        catch (OperationCanceledException failure) when (!caller.IsCancellationRequested)
        {
            throw new ConnectorException(FailureKind.Transient, "no access token was received in time", failure);
        }
    }
}
