namespace Provisioning.Host.Inbound;

/// <summary>
/// Several callers write the same user or group at once. A caller that did not say which version it means is not refused because another one
/// was quicker: it reads again and writes again, after a moment that grows and differs from caller to caller.
/// </summary>
internal static class Overlap
{
    // So many callers of one user at the same moment all get their turn; each round one of them succeeds.
    private const int Attempts = 60;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MostDelay = TimeSpan.FromMilliseconds(200);

    /// <param name="readAndWrite">Reads the newest state and writes.</param>
    /// <param name="overlaps">Whether a failure says that somebody else wrote in between.</param>
    /// <param name="cancellationToken">The caller left.</param>
    public static async Task<T> WriteAsync<T>(Func<Task<T>> readAndWrite, Func<Exception, bool> overlaps, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await readAndWrite();
            }
            catch (Exception exception) when (attempt < Attempts && overlaps(exception))
            {
                var most = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, attempt), MostDelay.TotalMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(most * Random.Shared.NextDouble()), TimeProvider.System, cancellationToken);
            }
        }
    }
}
