namespace Provisioning.Connectors.Testing;

internal static class Expect
{
    public static void That(bool condition, string otherwise)
    {
        if (!condition)
            throw new ConformanceException(otherwise);
    }

    public static async Task FailsAsync(FailureKind kind, Func<Task> call, string what)
    {
        try
        {
            await call();
        }
        catch (ConnectorException e)
        {
            That(e.Kind == kind, $"{what} must fail with '{kind}' but failed with '{e.Kind}'");
            return;
        }

        throw new ConformanceException($"{what} must fail with '{kind}' but succeeded");
    }

    public static async Task CancelledAsync(Func<CancellationToken, Task> call, string what)
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        try
        {
            await call(source.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw new ConformanceException($"{what} must not run when it was cancelled before the call");
    }

    public static string? Text(Account account, string attribute) => AttributePath.Text(account.Attributes, attribute);
}
