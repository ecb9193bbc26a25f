using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Security;

/// <summary>Who may ask what. A route that says nothing is for authenticated service providers; one for everybody has to say so.</summary>
internal static class AccessPolicies
{
    /// <summary>Only for the host's own token.</summary>
    public const string Resident = ConfigurationLoader.Resident;

    public static void AddApiSecurity(this IServiceCollection services)
    {
        // Not AddAuthentication: that brings Data Protection along, which would write keys that nothing here needs into the home of the host's user.
        services.AddAuthenticationCore(options =>
        {
            options.AddScheme<TokenAuthentication>(TokenAuthentication.Name, null);
            options.DefaultScheme = TokenAuthentication.Name;
        });
        services.AddWebEncoders();
        services.AddTransient<TokenAuthentication>();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Resident, policy => policy.RequireRole(Resident));
        services.AddSingleton<TokenOwners>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<FailedAttempts>();
    }

    public static TBuilder ForResident<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.RequireAuthorization(Resident);
}
