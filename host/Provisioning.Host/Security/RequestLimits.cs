using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Provisioning.Host.Security;

/// <summary>How many requests a second a service provider may send, as its settings say. The rest is told to come back in a second.</summary>
internal static class RequestLimits
{
    public static void AddRequestLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string Name, int Limit)>(PartitionOf);
        options.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Ceiling(after.TotalSeconds) : 1;
            context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, wait).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
    });

    // Another limit is another partition, so that a change of the settings takes effect with the next request.
    private static RateLimitPartition<(string Name, int Limit)> PartitionOf(HttpContext http) =>
        http.Features.Get<AuthenticatedCaller>()?.ServiceProvider is { RequestsPerSecond: { } limit } caller
            ? RateLimitPartition.GetTokenBucketLimiter((caller.Name, Limit: limit), key => new TokenBucketRateLimiterOptions
            {
                TokenLimit = key.Limit, TokensPerPeriod = key.Limit, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter(("", 0));
}
