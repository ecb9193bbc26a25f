using Microsoft.AspNetCore.Http;

namespace Provisioning.Host.Inbound;

/// <summary>A request whose body is large waits until few enough others of its service provider are under way.</summary>
internal sealed class LargeBodies(MemoryGates gates) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        using var place = await gates.EnterAsync(Caller.Of(http), http.Request, http.RequestAborted);
        return await next(context);
    }
}
