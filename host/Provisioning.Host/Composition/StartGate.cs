using Microsoft.AspNetCore.Http;
using Provisioning.Host.Inbound;

namespace Provisioning.Host.Composition;

/// <summary>
/// The host listens before it touches the database, and is ready a moment later. Requests that come in between wait here; health checks do not.
/// </summary>
internal sealed class StartGate(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOpen => _open.Task.IsCompleted;

    public void Open() => _open.TrySetResult();

    public Task PassAsync(HttpContext context, RequestDelegate next) =>
        IsOpen || context.Request.Path.StartsWithSegments("/health") ? next(context) : WaitAndPassAsync(context, next);

    private async Task WaitAndPassAsync(HttpContext context, RequestDelegate next)
    {
        if (!await WaitAsync(context.RequestAborted))
        {
            context.Response.Headers.RetryAfter = "5";
            await ScimResults.Error(503, null, "the host is starting, and waits for its database").ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _open.Task.WaitAsync(Patience, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
