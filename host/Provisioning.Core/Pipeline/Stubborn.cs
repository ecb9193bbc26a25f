namespace Provisioning.Core.Pipeline;

/// <summary>Writes that must not be given up because the database is away for a while.</summary>
internal static class Stubborn
{
    private static readonly TimeSpan MostDelay = TimeSpan.FromSeconds(15);

    /// <summary>Tries until it works; after <paramref name="until"/> the failure is the caller's.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> write, DateTimeOffset until, TimeProvider time, Action<Exception> failed)
    {
        for (var delay = TimeSpan.FromSeconds(0.5); ; delay = delay * 2 < MostDelay ? delay * 2 : MostDelay)
        {
            try
            {
                return await write();
            }
            catch (Exception exception) when (time.GetUtcNow() < until)
            {
                failed(exception);
                await Task.Delay(delay, time);
            }
        }
    }
}
