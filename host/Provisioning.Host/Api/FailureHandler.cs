using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Provisioning.Host.Api;

/// <summary>Every exception of a request becomes an answer here, in the form of what was asked.</summary>
internal sealed partial class FailureHandler(ILogger<FailureHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // A caller that closed the connection gets no answer.
        if (httpContext.RequestAborted.IsCancellationRequested)
            return true;
        var fault = RequestFault.Of(exception);
        if (fault.IsOurs)
            LogFailed(exception);
        await ErrorForm.WriteAsync(httpContext, fault);
        return true;
    }

    [LoggerMessage(4001, LogLevel.Error, "a request failed")]
    private partial void LogFailed(Exception exception);
}
