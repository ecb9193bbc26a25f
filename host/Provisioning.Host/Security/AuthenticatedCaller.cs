using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Provisioning.Core.Configuration;

namespace Provisioning.Host.Security;

/// <summary>The service provider whose token came with a request, and the configuration that it was found in: one request sees one configuration.</summary>
internal sealed record AuthenticatedCaller(ServiceProvider ServiceProvider, ProvisioningConfiguration Configuration)
{
    public static AuthenticatedCaller Of(HttpContext http) => http.Features.GetRequiredFeature<AuthenticatedCaller>();
}
