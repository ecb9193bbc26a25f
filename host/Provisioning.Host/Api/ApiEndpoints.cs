using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Provisioning.Host.Admin;
using Provisioning.Host.Authorization;
using Provisioning.Host.Health;
using Provisioning.Host.Inbound;
using Provisioning.Host.Security;

namespace Provisioning.Host.Api;

/// <summary>Everything that can be asked over HTTP, and what each request passes first.</summary>
internal static class ApiEndpoints
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddExceptionHandler<FailureHandler>();
        services.AddProblemDetails();
        services.AddApiSecurity();
        services.AddRequestLimits();
    }

    public static void UseApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => ErrorForm.WriteAsync(context.HttpContext, RequestFault.Of(context.HttpContext, context.HttpContext.Response.StatusCode)));
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        HealthEndpoints.Map(app);
        TokenEndpoint.Map(app);
        UserEndpoints.Map(app);
        GroupEndpoints.Map(app);
        BulkEndpoint.Map(app);
        DiscoveryEndpoints.Map(app);
        SignInEndpoint.Map(app);
        PolicyDecisionEndpoints.Map(app);
        AuthZenEndpoints.Map(app);
        AdminEndpoints.Map(app);
    }
}
