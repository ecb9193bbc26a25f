using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Targets;
using Provisioning.Host.Api;
using Provisioning.Host.Configuration;
using Provisioning.Host.Inbound;

namespace Provisioning.Host.Admin;

/// <summary><c>/api/admin/identity-providers</c>: how each one is, and pausing and resuming by hand.</summary>
internal static class TargetEndpoints
{
    private const int MostReason = 500;

    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/identity-providers", ListAsync);
        admin.MapPost("/identity-providers/{name}/pause", PauseAsync);
        admin.MapPost("/identity-providers/{name}/resume", ResumeAsync);
        admin.MapPost("/identity-providers/{name}/test", TestAsync);
    }

    private static async Task<IResult> ListAsync(
        ITargetStore targets, ILedger ledger, ConfigurationFolder configuration, TimeProvider time, CancellationToken cancellationToken)
    {
        var states = (await targets.ListAsync(cancellationToken)).ToDictionary(x => x.IdentityProvider, StringComparer.Ordinal);
        var counts = (await ledger.CountAsync(cancellationToken)).ToLookup(x => x.IdentityProvider, StringComparer.Ordinal);
        return Results.Text(
            new JsonArray([.. configuration.Current.IdentityProviders.Select(x => Json(x, states.GetValueOrDefault(x.Name), counts[x.Name], time.GetUtcNow()))]).ToJsonString(),
            "application/json");
    }

    private static async Task<IResult> PauseAsync(
        string name, string? reason, ITargetStore targets, ConfigurationFolder configuration, TimeProvider time, CancellationToken cancellationToken)
    {
        if (configuration.Current.FindIdentityProvider(name) is null)
            return NotFound(name);
        if (reason?.Length > MostReason)
            return ErrorForm.Problem(400, $"the reason is longer than {MostReason} characters");
        var paused = new TargetState(name, TargetCondition.Paused, time.GetUtcNow(), Reason: reason ?? "paused by hand");
        await targets.SaveAsync(paused, ConfigurationLoader.Resident, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> ResumeAsync(
        string name, ITargetStore targets, ConfigurationFolder configuration, IWakeUp wakeUp, TimeProvider time, CancellationToken cancellationToken)
    {
        if (configuration.Current.FindIdentityProvider(name) is null)
            return NotFound(name);
        await targets.SaveAsync(TargetState.Healthy(name, time.GetUtcNow()), ConfigurationLoader.Resident, cancellationToken);
        wakeUp.Wake(name);
        return Results.NoContent();
    }

    private static async Task<IResult> TestAsync(
        string name, IConnectorSource connectors, ConfigurationFolder configuration, TimeProvider time, CancellationToken cancellationToken)
    {
        if (configuration.Current.FindIdentityProvider(name) is not { } provider)
            return NotFound(name);
        var wrong = await ConnectionTest.RunAsync(connectors, provider, time, cancellationToken);
        return Results.Text(new JsonObject { ["problem"] = wrong }.ToJsonString(), "application/json");
    }

    private static JsonObject Json(IdentityProvider provider, TargetState? state, IEnumerable<AssignmentCount> counts, DateTimeOffset now) => new()
    {
        ["name"] = provider.Name,
        ["connector"] = provider.Connector,
        ["state"] = (state?.Condition ?? TargetCondition.Open).ToString().ToLowerInvariant(),
        ["until"] = (state?.Until ?? MaintenanceWindow.EndOf(provider.Maintenance, now))?.ToString("O", CultureInfo.InvariantCulture),
        ["reason"] = state?.Reason,
        ["pending"] = counts.Where(x => x.Status == AssignmentStatus.Pending).Sum(x => x.Count),
        ["parked"] = counts.Where(x => x.Status == AssignmentStatus.Parked).Sum(x => x.Count),
    };

    private static IResult NotFound(string name) => ErrorForm.Problem(404, $"there is no identity provider '{name}'");
}
